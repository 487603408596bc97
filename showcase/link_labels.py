"""Labels of the windows in which an editor makes a link: Wagtail leaves them to the English names of the fields."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers

LABELS = {
    "email_address": _("Địa chỉ thư điện tử"),
    "phone_number": _("Số điện thoại để gọi"),
    "link_text": _("Chữ của liên kết"),
    "subject": _("Tiêu đề thư"),
    "body": _("Lời thư"),
}
FORMS = (choosers.ExternalLinkChooserForm, choosers.EmailLinkChooserForm, choosers.PhoneLinkChooserForm)

for form in (*FORMS, choosers.AnchorLinkChooserForm):
    for name, field in form.base_fields.items():
        if name in LABELS and not field.label:
            field.label = LABELS[name]
