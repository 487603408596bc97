"""What a visitor types on the contact page, turned into values."""

from django import forms
from django.core.validators import validate_email
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.phones import BadPhone, parse_phone
from showcase.models.enquiry import Enquiry

SHORTEST, LONGEST = 10, 3000  # signs of a message
REQUIRED = {"required": _("Hãy điền mục này.")}
CONSENT = _(
    "Tôi đồng ý để văn phòng chương trình dùng tên, cách liên lạc và lời nhắn này để trả lời tôi. "
    "Thư được giữ 12 tháng rồi xóa."
)


class LongText(forms.CharField):
    """Lines end in one sign, as the browser counted them."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class EnquiryForm(forms.Form):
    token = forms.CharField(required=False, max_length=40)
    website = forms.CharField(required=False)  # a trap: only a machine finds it
    name = forms.CharField(label=_("Họ và tên"), max_length=100, error_messages=REQUIRED)
    reach = forms.CharField(label=_("Thư điện tử hoặc số điện thoại"), max_length=254, error_messages=REQUIRED)
    subject = forms.ChoiceField(
        label=_("Bạn muốn hỏi về"),
        choices=Enquiry.Subject.choices,
        error_messages={
            "required": _("Hãy chọn một mục trong danh sách."),
            "invalid_choice": _("Hãy chọn một mục trong danh sách."),
        },
    )
    reference = forms.CharField(
        label=_("Sản phẩm, nhà sản xuất hoặc mã lần mua"),
        max_length=120,
        required=False,
        error_messages={"max_length": _("Mục này dài tối đa 120 ký tự. Phần còn lại, hãy viết vào lời nhắn.")},
    )
    message = LongText(
        label=_("Lời nhắn của bạn"),
        min_length=SHORTEST,
        max_length=LONGEST,
        error_messages={
            **REQUIRED,
            "min_length": _("Lời nhắn ngắn quá, chúng tôi khó trả lời đúng. Hãy viết thêm một chút."),
            "max_length": _("Lời nhắn dài tối đa 3.000 ký tự, bạn đã viết %(show_value)s. Hãy rút gọn lại."),
        },
    )
    consent = forms.BooleanField(label=CONSENT, error_messages={"required": _("Cần bạn đồng ý mục này mới gửi được.")})

    def clean_reach(self) -> dict:
        """The address or the number, under the name of its field in an Enquiry."""
        typed = self.cleaned_data["reach"]
        try:
            if "@" in typed:
                validate_email(typed)
                return {"email": typed}
            return {"phone": parse_phone(typed)}
        except BadPhone as wrong:
            raise forms.ValidationError(wrong.message) from None
        except forms.ValidationError:
            raise forms.ValidationError(_("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@vidu.vn")) from None

    @property
    def is_by_machine(self) -> bool:
        return bool(self.data.get("website"))

    @property
    def told(self) -> dict:
        """The fields of an Enquiry."""
        typed = self.cleaned_data
        told = {name: typed[name] for name in ("name", "subject", "reference")}
        return {**told, **typed["reach"], "text": typed["message"], "consent": str(CONSENT)}


def empty_form(about: str = "") -> EnquiryForm:
    """A form to be filled in, known by a token of its own; `about` is what a link says that the question is about."""
    return EnquiryForm(initial={"token": get_random_string(22), "reference": about[:120]})
