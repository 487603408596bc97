"""What people change about themselves: name, language, password."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.models import User

WEAK = {  # by the codes of Django's validators, whose own sentences are not all translated
    "password_too_short": _("Mật khẩu quá ngắn: cần ít nhất 10 ký tự."),
    "password_too_common": _("Mật khẩu này nhiều người dùng, nên dễ bị đoán ra. Hãy chọn mật khẩu khác."),
}


def check_strength(password: str, user: User) -> None:
    """Raises ValidationError, in the reader's language, for a password that is short or widely used."""
    try:
        validate_password(password, user)
    except forms.ValidationError as weak:
        raise forms.ValidationError([WEAK.get(error.code, error) for error in weak.error_list]) from None


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Họ và tên"), "language": _("Ngôn ngữ")}
        error_messages = {"name": {"required": _("Hãy nhập họ và tên của bạn.")}}


class PasswordForm(forms.Form):
    """The old password, and the new one twice."""

    old = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu đang dùng.")},
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 10 ký tự. Một câu dễ nhớ tốt hơn một từ khó nhớ."),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu mới.")},
    )
    again = forms.CharField(
        label=_("Mật khẩu mới, gõ lại"),
        max_length=200,
        strip=False,
        error_messages={"required": _("Hãy gõ lại mật khẩu mới.")},
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self):
        old = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("Mật khẩu đang dùng chưa đúng."))
        return old

    def clean_new(self):
        new = self.cleaned_data["new"]
        check_strength(new, self.user)
        return new

    def clean(self):
        new, again = self.cleaned_data.get("new"), self.cleaned_data.get("again")
        if new and again and new != again:
            self.add_error("again", _("Hai lần gõ mật khẩu mới không giống nhau."))
