"""What a buyer types at the checkout, turned into values. It decides nothing about prices or stock."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import BadPhone, parse_phone
from areas.finding import resolve_commune
from areas.history import today
from areas.models import Area
from shop.baskets import Contents
from shop.models import Purchase
from shop.payment import methods_for

REQUIRED = gettext_lazy("Hãy điền mục này.")


def consent_sentences(has_alcohol: bool) -> dict[str, str]:
    """The sentences a buyer agrees to, as they stand on the page and are kept as proof."""
    sentences = {
        "terms": _("Tôi đã đọc và đồng ý với điều khoản mua hàng, giao hàng và đổi trả."),
        "privacy": _(
            "Tôi đồng ý để chương trình và nhà sản xuất dùng tên, số điện thoại và địa chỉ của tôi để giao lần mua này."
        ),
    }
    if has_alcohol:
        sentences["age"] = _("Tôi đã đủ 18 tuổi và sẽ xuất trình giấy tờ nếu người giao hàng yêu cầu.")
    return sentences


class CheckoutForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Họ và tên người nhận"), max_length=100, error_messages={"required": REQUIRED}
    )
    phone = forms.CharField(label=gettext_lazy("Số điện thoại"), max_length=30, error_messages={"required": REQUIRED})
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@vidu.vn")},
    )
    province = forms.ModelChoiceField(
        label=gettext_lazy("Tỉnh, thành phố"),
        queryset=Area.objects.none(),
        required=False,
        empty_label=gettext_lazy("Chọn tỉnh, thành phố"),
        error_messages={"invalid_choice": gettext_lazy("Hãy chọn một tỉnh, thành phố trong danh sách.")},
    )
    commune = forms.CharField(
        label=gettext_lazy("Xã, phường, đặc khu"), max_length=150, error_messages={"required": REQUIRED}
    )
    commune_code = forms.CharField(required=False, max_length=5)
    street = forms.CharField(
        label=gettext_lazy("Số nhà, đường, bản, thôn"), max_length=200, error_messages={"required": REQUIRED}
    )
    birth_date = forms.CharField(label=gettext_lazy("Ngày sinh"), required=False, max_length=20)
    method = forms.ChoiceField(
        label=gettext_lazy("Cách thanh toán"),
        choices=Purchase.Method.choices,
        error_messages={
            "required": gettext_lazy("Hãy chọn cách thanh toán."),
            "invalid_choice": gettext_lazy("Hãy chọn cách thanh toán."),
        },
    )

    def __init__(self, *args, contents: Contents, **kwargs):
        super().__init__(*args, **kwargs)
        self.contents, self.has_alcohol = contents, contents.has_alcohol
        self.commune: Area | None = None
        self.choices: list[Area] = []  # communes the typed name may mean
        self.fields["province"].queryset = Area.objects.provinces().by_name()
        allowed = methods_for(self.has_alcohol)
        self.fields["method"].choices = [choice for choice in Purchase.Method.choices if choice[0] in allowed]
        if len(allowed) == 1:
            self.fields["method"].initial = allowed[0]
        for kind, sentence in consent_sentences(self.has_alcohol).items():
            self.fields[f"consent_{kind}"] = forms.BooleanField(
                label=sentence, error_messages={"required": gettext_lazy("Cần bạn đồng ý mục này mới đặt hàng được.")}
            )
        for bundle in contents.bundles:
            self.fields[f"note_{bundle.producer.pk}"] = forms.CharField(
                label=gettext_lazy("Lời nhắn cho nhà sản xuất"), required=False, max_length=300
            )

    def clean_phone(self):
        try:
            return parse_phone(self.cleaned_data["phone"])
        except BadPhone as error:
            raise forms.ValidationError(error.message) from error

    def clean_birth_date(self):
        typed = self.cleaned_data["birth_date"].strip()
        if not self.has_alcohol:
            return None
        if not typed:
            raise forms.ValidationError(_("Giỏ có đồ uống có cồn: hãy cho biết ngày sinh của bạn."))
        born = read_day(typed)
        if born is None or not 1900 <= born.year or born > date.today():
            raise forms.ValidationError(_("Ngày sinh chưa đúng. Hãy viết như 24/11/1990."))
        return born

    def clean(self):
        data = super().clean()
        typed, code = data.get("commune", ""), data.get("commune_code", "")
        province = data.get("province")
        place = resolve_place(typed, code, province)
        if place.one:
            self.commune = place.one
        elif typed:
            self.choices = place.choices
            self.add_error("commune", sentence_of_choice(typed, place.choices))
        return data

    @property
    def consents(self) -> dict[str, str]:
        return {
            name[8:]: str(self.fields[name].label)
            for name in self.fields
            if name.startswith("consent_") and self.cleaned_data.get(name)
        }

    @property
    def notes(self) -> dict[int, str]:
        return {int(name[5:]): value for name, value in self.cleaned_data.items() if name.startswith("note_") and value}


def resolve_place(typed: str, code: str, province: Area | None):
    """The commune that is meant: the chosen code where it fits the name, else the name, in the province if any."""
    now = today(province)[0] if province is not None else None
    by_code = resolve_commune(code) if code else None
    if by_code and by_code.one and by_code.one.full_name == typed and now in (None, by_code.one.parent):
        return by_code  # as the page suggested it: looking through all names would find the same
    by_name = resolve_commune(typed, province=now)
    if by_code and by_code.one and (by_code.one in by_name.choices or by_name.one in (None, by_code.one)):
        return by_code
    return by_name


def sentence_of_choice(typed: str, choices: list[Area]) -> str:
    if choices:
        return _("“%(typed)s” nay thuộc nhiều nơi, hoặc nhiều nơi cùng tên. Hãy chọn một nơi dưới đây.") % {
            "typed": typed
        }
    return _("Không tìm thấy “%(typed)s”. Hãy viết tên xã, phường nay hoặc tên cũ.") % {"typed": typed}


def read_day(typed: str) -> date | None:
    """A day as people write it: 24/11/1990, 24-11-1990, or as a browser's field sends it: 1990-11-24."""
    parts = typed.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    year, month, day = (first, second, third) if first > 31 else (third, second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
