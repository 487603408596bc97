"""What the law asks where alcohol is bought (Law 44/2019/QH14, art. 16; Decree 17/2020/NĐ-CP)."""

from datetime import date

from catalogue.models import Listing

AGE = 18
STRENGTH_WITHOUT_PROMOTION = 15  # percent by volume: from here on neither advertising nor promotion


def is_of_age(birth_date: date, on: date) -> bool:
    """Eighteen years on that day; someone born on 29 February is of age on 1 March."""
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return years >= AGE


def may_be_promoted(listing: Listing) -> bool:
    """Whether vouchers, offers and banners may name a product."""
    return not listing.product_set.is_alcohol or (listing.alcohol_percent or 0) < STRENGTH_WITHOUT_PROMOTION
