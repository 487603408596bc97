"""What shop managers type, turned into values: amounts, references, reasons, the delivery table."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.models import DeliveryRate
from shop.transfers import tidy_reference

MOST_DONG = 2_000_000_000
REQUIRED = gettext_lazy("Hãy điền mục này.")
# Digits alone, or in threes: 160000, 160.000, 160 000 ₫, ₫160,000. Nothing else can be meant as whole đồng.
_DONG = re.compile(r"₫?\s*(\d{1,12}|\d{1,3}(?:[.,\s]\d{3})+)\s*(?:₫|đ|đồng|vnd|vnđ)?", re.IGNORECASE)


class DongField(forms.CharField):
    """An amount in whole đồng, as people write it."""

    def __init__(self, *, least=1, **kwargs):
        self.least = least
        super().__init__(**{"max_length": 20, "error_messages": {"required": REQUIRED}, **kwargs})

    def clean(self, value):
        typed = super().clean(value)
        found = _DONG.fullmatch(typed)
        amount = int(re.sub(r"\D", "", found[1])) if found and found[1].isascii() else -1
        if not self.least <= amount <= MOST_DONG:
            raise forms.ValidationError(_("Số tiền chưa đúng. Hãy viết bằng số đồng tròn, ví dụ 160000 hoặc 160.000."))
        return amount


class ReferenceField(forms.CharField):
    """A bank's number of a transfer, without its spaces."""

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 60, "error_messages": {"required": REQUIRED}, **kwargs})

    def clean(self, value):
        return tidy_reference(super().clean(value))


class TransferForm(forms.Form):
    """Money as the bank's statement shows it. `confirmed` is the differing amount whose consequence was shown."""

    amount = DongField(label=gettext_lazy("Số tiền đã nhận, đồng"))
    reference = ReferenceField(label=gettext_lazy("Mã giao dịch của ngân hàng"))
    confirmed = forms.CharField(required=False, max_length=20)


class RefundForm(forms.Form):
    reference = ReferenceField(label=gettext_lazy("Mã giao dịch hoàn tiền"))


class ReasonForm(forms.Form):
    """Why something is cancelled; the buyer and the producer read it."""

    reason = forms.CharField(
        label=gettext_lazy("Lý do hủy"),
        max_length=300,
        error_messages={"required": gettext_lazy("Hãy cho biết lý do: người mua và nhà sản xuất sẽ đọc.")},
    )


_BAND = re.compile(f"(?:{'|'.join(DeliveryRate.Zone.values)})-[0-9]{{1,10}}")

# --- The delivery table ---------------------------------------------------------------------------------------------


def whole_number_field(label, least: int, most: int) -> forms.IntegerField:
    message = gettext_lazy("Hãy viết một số tròn.")
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        error_messages={
            "required": REQUIRED,
            "invalid": message,
            "min_value": gettext_lazy("Ít nhất là %(limit_value)s."),
            "max_value": gettext_lazy("Nhiều nhất là %(limit_value)s."),
        },
    )


class BandForm(forms.Form):
    """One weight band of a zone. A new one may stay empty."""

    max_grams = whole_number_field(gettext_lazy("Đến, gram"), 1, 1_000_000)
    price = DongField(label=gettext_lazy("Phí, đồng"), least=0)
    days_min = whole_number_field(gettext_lazy("Từ, ngày"), 0, 90)
    days_max = whole_number_field(gettext_lazy("Đến, ngày"), 0, 90)
    remove = forms.BooleanField(label=gettext_lazy("Bỏ mức này"), required=False)

    def __init__(self, *args, zone: str, is_new=False, **kwargs):
        super().__init__(*args, empty_permitted=is_new, use_required_attribute=False, **kwargs)
        self.zone, self.is_new = zone, is_new

    @property
    def is_kept(self) -> bool:
        """Whether the table will have this band."""
        return self.has_changed() if self.is_new else not self["remove"].value()

    def clean(self):
        data = super().clean()
        if "days_min" in data and "days_max" in data and data["days_min"] > data["days_max"]:
            self.add_error("days_max", _("Số ngày sau phải bằng hoặc lớn hơn số ngày trước."))
        return data

    @property
    def rate(self) -> DeliveryRate:
        data = self.cleaned_data
        return DeliveryRate(
            zone=self.zone,
            max_grams=data["max_grams"],
            price=data["price"],
            days_min=data["days_min"],
            days_max=data["days_max"],
        )


def values_of(rate: DeliveryRate | None) -> dict:
    names = ("max_grams", "price", "days_min", "days_max")
    return {name: getattr(rate, name) for name in names} if rate else {}


class DeliveryForm:
    """The whole table at once: each zone's bands and an empty one for more.

    What comes back names its own bands (fields `band`), so that nothing typed is lost when the table has changed.
    """

    def __init__(self, rates: list[DeliveryRate], data=None):
        known = {f"{rate.zone}-{rate.max_grams}": rate for rate in rates}
        names = list(known) if data is None else [name for name in data.getlist("band") if _BAND.fullmatch(name)]
        self.zones = []
        for value, label in DeliveryRate.Zone.choices:
            bands = [
                BandForm(data, prefix=name, zone=value, initial=values_of(known.get(name)))
                for name in dict.fromkeys(names)
                if name.startswith(f"{value}-")
            ]
            bands.append(BandForm(data, prefix=f"new-{value}", zone=value, is_new=True))
            self.zones.append({"label": label, "value": value, "bands": bands, "errors": []})

    def is_valid(self) -> bool:
        kept = [band for zone in self.zones for band in zone["bands"] if band.is_kept]
        all_valid = all([band.is_valid() for band in kept])  # a list, so that each of them shows its errors
        for zone in self.zones:
            self.check_zone(zone)
        return all_valid and not any(zone["errors"] for zone in self.zones)

    def check_zone(self, zone: dict) -> None:
        kept = [band for band in zone["bands"] if band.is_kept]
        had_some = len(zone["bands"]) > 1
        if had_some and not kept:
            zone["errors"].append(_("Mỗi khu vực cần ít nhất một mức, nếu không sẽ không ai đặt giao đến đó được."))
        weights = [band.cleaned_data["max_grams"] for band in kept if band.is_valid()]
        for weight in sorted({weight for weight in weights if weights.count(weight) > 1}):
            zone["errors"].append(_("Có hai mức cùng đến %(grams)d gram. Hãy bỏ một mức.") % {"grams": weight})

    @property
    def rates(self) -> list[DeliveryRate]:
        """The rows of a valid form."""
        return [band.rate for zone in self.zones for band in zone["bands"] if band.is_kept]
