"""What visitors and producers type who want to come to a fair, turned into values."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.phones import BadPhone, parse_phone
from areas.folding import fold
from producers.models import Producer
from shop.codes import new_key
from showcase.models.registration import MOST_PEOPLE

REQUIRED = gettext_lazy("Hãy điền mục này.")
KEY = re.compile(r"[0-9a-f]{32}")
MOST_NAMED = 12


class PersonForm(forms.Form):
    """Who somebody is, how they are reached, and their consent."""

    name = forms.CharField(label=gettext_lazy("Họ và tên"), max_length=100, error_messages={"required": REQUIRED})
    phone = forms.CharField(label=gettext_lazy("Số điện thoại"), max_length=30, required=False)
    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử"),
        max_length=254,
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@vidu.vn")},
    )
    form_key = forms.CharField(required=False, max_length=64)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"] = forms.BooleanField(
            label=self.consent_sentence(),
            error_messages={"required": gettext_lazy("Cần bạn đồng ý mục này mới gửi được.")},
        )

    def consent_sentence(self) -> str:
        """The sentence a person agrees to, as it stands on the page and is kept as proof."""
        raise NotImplementedError

    def clean_phone(self):
        typed = self.cleaned_data["phone"]
        if not typed:
            return ""
        try:
            return parse_phone(typed)
        except BadPhone as error:
            raise forms.ValidationError(error.message) from error

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_form_key(self):
        typed = self.cleaned_data["form_key"]
        return typed if KEY.fullmatch(typed) else new_key()

    def clean(self):
        data = super().clean()
        reached = data.get("phone") or data.get("email")
        if not reached and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", _("Hãy cho số điện thoại hoặc thư điện tử, để chúng tôi báo tin được cho bạn."))
        return data


class RegistrationForm(PersonForm):
    people = forms.IntegerField(
        label=gettext_lazy("Số người"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        error_messages={
            "required": REQUIRED,
            "invalid": gettext_lazy("Hãy viết số người bằng chữ số, từ 1 đến 10."),
            "min_value": gettext_lazy("Hãy viết số người bằng chữ số, từ 1 đến 10."),
            "max_value": gettext_lazy("Một lần đăng ký nhận nhiều nhất 10 người."),
        },
    )

    def consent_sentence(self) -> str:
        return _(
            "Tôi đồng ý để ban tổ chức hội chợ lưu tên, số điện thoại, thư điện tử và số người tôi ghi ở đây để xếp"
            " chỗ và báo tin cho tôi. Chỉ ban tổ chức xem được; tất cả bị xóa khi tôi hủy đăng ký, chậm nhất 90 ngày"
            " sau ngày cuối hội chợ."
        )


class BoothForm(PersonForm):
    producer = forms.CharField(
        label=gettext_lazy("Tên nhà sản xuất"), max_length=150, error_messages={"required": REQUIRED}
    )
    producer_slug = forms.CharField(required=False, max_length=120)
    note = forms.CharField(label=gettext_lazy("Lời nhắn"), max_length=500, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choices: list[Producer] = []  # producers that the typed name may mean
        self.found: Producer | None = None

    def consent_sentence(self) -> str:
        return _(
            "Tôi đồng ý để ban tổ chức hội chợ lưu tên người liên hệ, số điện thoại, thư điện tử và lời nhắn này để"
            " xét gian hàng và trả lời tôi. Chỉ ban tổ chức xem được; tất cả bị xóa 90 ngày sau ngày cuối hội chợ."
        )

    def clean(self):
        data = super().clean()
        typed = data.get("producer", "")
        named = producers_named(typed) if typed else []
        chosen = [each for each in named if each.slug == data.get("producer_slug")]
        if chosen or len(named) == 1:
            self.found = (chosen or named)[0]
        elif named:
            self.choices = named[:MOST_NAMED]
            sentence = _("“%(typed)s” có thể là nhiều nhà sản xuất. Hãy chọn một dưới đây, hoặc viết tên đầy đủ hơn.")
            self.add_error("producer", sentence % {"typed": typed})
        elif typed:
            self.add_error("producer", _("Không có nhà sản xuất nào tên như vậy trên trang này."))
        return data


def producers_named(typed: str) -> list[Producer]:
    """Producers that readers can see and whose name holds all the words, marks left out; one whose whole name or
    address was typed stands alone. One query."""
    words, named = fold(typed).split(), []
    for producer in Producer.objects.public().order_by("name", "pk"):
        names = [fold(producer.name), fold(producer.name_en)]
        if typed == producer.slug or " ".join(words) in names:
            return [producer]
        if words and any(all(word in name for word in words) for name in names):
            named.append(producer)
    return named
