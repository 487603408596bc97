"""The administrators' screens for people, inside Wagtail: who may log in, and which offices they hold.

People are made inactive, never deleted: decisions and purchases name them.
"""

import django_filters
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from accounts.models import Role, User
from accounts.phones import BadPhone, display_phone, parse_phone
from accounts.profile import check_strength
from accounts.roles import ADMINISTRATOR, give_role, take_role


class PersonForm(forms.ModelForm):
    """A person with their offices. The password is typed twice, and may stay as it is on a change."""

    phone = forms.CharField(label=_("Điện thoại"), max_length=40, required=False)
    offices = forms.MultipleChoiceField(
        label=_("Vai trò"), choices=Role.Name.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    password1 = forms.CharField(
        label=_("Mật khẩu"),
        help_text=_("Ít nhất 10 ký tự."),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Mật khẩu, gõ lại"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["name", "email", "phone", "language", "is_active"]
        labels = {"name": _("Họ và tên"), "email": _("Thư điện tử"), "is_active": _("Được đăng nhập")}

    def __init__(self, *args, editing_self=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_oneself = editing_self
        if self.instance.pk:
            self.initial["phone"] = display_phone(self.instance.phone or "")
            self.initial["offices"] = list(self.instance.roles.values_list("name", flat=True))
            self.fields["password1"].required = self.fields["password2"].required = False
            self.fields["password1"].help_text = _("Để trống nếu không đổi mật khẩu.")

    def clean_email(self):
        return (self.cleaned_data["email"] or "").lower() or None

    def clean_phone(self):
        typed = self.cleaned_data["phone"].strip()
        if not typed:
            return None
        try:
            return parse_phone(typed)
        except BadPhone as wrong:
            raise forms.ValidationError(wrong.message) from None

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        if password:
            check_strength(password, self.instance)
        return password

    def clean(self):
        typed = super().clean()
        if typed.get("password1") is not None and typed.get("password1") != typed.get("password2"):
            self.add_error("password2", _("Hai lần gõ mật khẩu không giống nhau."))
        if not self.errors and not typed["email"] and not typed["phone"]:
            self.add_error("email", _("Hãy nhập thư điện tử hoặc số điện thoại để người này đăng nhập."))
        if self.is_oneself and (not typed.get("is_active") or ADMINISTRATOR not in typed.get("offices", [])):
            self.add_error(
                None, _("Bạn không tự khóa mình hoặc tự bỏ vai trò quản trị được: hãy nhờ người quản trị khác.")
            )
        return typed

    def save(self, commit=True):
        user = super().save(commit=False)
        if self.cleaned_data["password1"]:
            user.set_password(self.cleaned_data["password1"])
        user.save()
        held, wanted = set(user.roles.values_list("name", flat=True)), set(self.cleaned_data["offices"])
        for name in held - wanted:
            take_role(user, name)
        for name in wanted - held:
            give_role(user, name)
        return user


class PeopleFilterSet(UserFilterSet):
    role = django_filters.ChoiceFilter(field_name="roles__name", choices=Role.Name.choices, label=_("Vai trò"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.filters["group"], self.filters["is_superuser"]  # they follow from the roles


class PeopleIndexView(IndexView):
    search_fields = {"name", "email", "phone"}

    @cached_property
    def columns(self):
        return [
            TitleColumn("name", label=_("Họ và tên"), sort_key="name", get_url=self.get_edit_url),
            Column("email", label=_("Thư điện tử"), sort_key="email"),
            Column("phone", label=_("Điện thoại"), accessor=lambda user: display_phone(user.phone or "")),
            Column("offices", label=_("Vai trò"), accessor=offices_in_words),
            BooleanColumn("is_active", label=_("Được đăng nhập"), sort_key="is_active"),
            DateColumn("last_login", label=_("Đăng nhập gần nhất"), sort_key="last_login"),
        ]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("roles")

    def order_queryset(self, queryset):
        return generic.IndexView.order_queryset(self, queryset)  # Wagtail's would sort by a last name

    def get_delete_url(self, instance):
        return None


class PeopleViewSet(UserViewSet):
    menu_label = _("Người dùng")
    ordering = "name"
    index_view_class = PeopleIndexView
    filterset_class = PeopleFilterSet
    template_prefix = ""

    def get_form_class(self, for_update=False):
        return PersonForm


def offices_in_words(user) -> str:
    return ", ".join(role.get_name_display() for role in user.roles.all())
