"""The words that made-up products and producers are named and described with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """A kind of goods: its set, how often it comes, its picture, weight of the smallest size in grams, prices in ₫."""

    set_number: int
    name: str
    name_en: str
    motif: str
    share: int
    grams: int
    prices: tuple[int, int]
    alcohol: int | None = None  # per cent


GOODS = (
    Goods(1, "Lê", "pears", "pear", 4, 2000, (40_000, 120_000)),
    Goods(1, "Ổi", "guavas", "guava", 3, 2000, (30_000, 90_000)),
    Goods(2, "Cá chép", "carp", "carp", 3, 1000, (90_000, 200_000)),
    Goods(3, "Gạo Séng Cù", "Seng Cu rice", "rice-sack", 8, 2000, (60_000, 200_000)),
    Goods(3, "Gạo nếp", "sticky rice", "steamer", 5, 2000, (60_000, 180_000)),
    Goods(4, "Mật ong", "honey", "honey", 12, 500, (90_000, 350_000)),
    Goods(5, "Xôi ăn liền", "ready sticky rice", "rice-bowl", 2, 300, (25_000, 60_000)),
    Goods(6, "Miến dong", "canna vermicelli", "vermicelli", 8, 500, (40_000, 120_000)),
    Goods(7, "Hạt mắc ca", "macadamia nuts", "macadamia", 5, 500, (90_000, 260_000)),
    Goods(8, "Thịt trâu gác bếp", "smoked buffalo meat", "buffalo", 8, 300, (180_000, 500_000)),
    Goods(8, "Lạp xưởng", "sausages", "sausage", 4, 500, (120_000, 260_000)),
    Goods(9, "Nước chấm", "dipping sauce", "bottle", 2, 300, (30_000, 90_000)),
    Goods(10, "Chẩm chéo", "dip of chilli and forest pepper", "mortar", 6, 100, (25_000, 90_000)),
    Goods(11, "Trà Shan", "Shan tea", "tea-tree", 10, 200, (80_000, 600_000)),
    Goods(12, "Trà giảo cổ lam", "herbal tea", "tea-basket", 3, 200, (40_000, 150_000)),
    Goods(13, "Cà phê", "coffee", "coffee", 2, 250, (60_000, 180_000)),
    Goods(14, "Rượu ngô", "maize spirit", "corn-jar", 2, 1000, (80_000, 250_000), 38),
    Goods(15, "Rượu mận", "plum wine", "plum-wine", 1, 700, (90_000, 250_000), 14),
    Goods(17, "Nước ép", "juice", "juice", 2, 350, (20_000, 60_000)),
    Goods(18, "Viên hà thủ ô", "fo-ti pills", "pills", 2, 200, (120_000, 400_000)),
    Goods(19, "Xà phòng thảo mộc", "herbal soap", "spray", 2, 150, (30_000, 90_000)),
    Goods(20, "Tinh dầu sả", "lemongrass oil", "oil", 2, 100, (60_000, 200_000)),
    Goods(21, "Giỏ mây", "rattan basket", "tray", 2, 600, (80_000, 350_000)),
    Goods(22, "Khăn thổ cẩm", "brocade scarf", "cloth", 4, 300, (120_000, 900_000)),
    Goods(23, "Địa lan", "orchids", "orchid", 2, 3000, (200_000, 2_000_000)),
    Goods(26, "Nhà nghỉ bản", "village stay", "stilt-house", 2, 0, (150_000, 600_000)),
)
SORTS = ("hoa rừng", "núi cao", "nương xa", "đầu mùa", "bản Thượng", "loại chọn", "gia truyền", "mộc")
SORTS_EN = (
    "Forest-flower",
    "High-mountain",
    "Far-field",
    "Early-season",
    "Upper-village",
    "Selected",
    "Family-recipe",
    "Plain",
)
KINDS = (  # as producers.models.Producer.Kind, and in words
    ("cooperative", "Hợp tác xã", "cooperative"),
    ("household", "Hộ kinh doanh", "household"),
    ("company", "Công ty", "company"),
    ("cooperative_group", "Tổ hợp tác", "cooperative group"),
    ("farm", "Trang trại", "farm"),
)
ABOUT = "Đây là chủ thể mẫu, đặt ra để đo tốc độ của trang. Không có ai mang tên này."
ABOUT_EN = "This producer is sample data, made up to measure how fast the site is. Nobody bears this name."
SENTENCES = (
    "Sản phẩm này là dữ liệu mẫu.",
    "Nguyên liệu lấy từ nương của các hộ quanh bản.",
    "Người làm chọn, rửa, phơi và đóng gói bằng tay.",
    "Mỗi mẻ chỉ vừa đủ bán trong một phiên chợ.",
    "Mùa mưa đường trơn, hàng xuống núi chậm hơn vài ngày.",
    "Khách mua lần đầu nên lấy gói nhỏ để thử.",
    "Bao bì ghi ngày đóng gói và cách giữ.",
    "Nhà nào cũng có cách làm riêng, vị mỗi nơi một khác.",
)
SENTENCES_EN = (
    "This product is sample data.",
    "Its raw material comes from the fields around the village.",
    "It is sorted, washed, dried and packed by hand.",
    "A batch lasts for one market day.",
    "In the rains the road is slippery and goods take a few days longer.",
    "Whoever buys it for the first time may begin with a small pack.",
    "The pack tells the day of packing and how to keep it.",
    "Every house has its own way, and every place its own taste.",
)
