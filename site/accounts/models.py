"""People and the offices they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, *, name, email=None, phone=None, password=None, **extra):
        user = self.model(name=name, email=(email or "").lower() or None, phone=phone or None, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, name="", email=None, phone=None, password=None, **extra):
        user = self.create_user(
            name=name or email, email=email, phone=phone, password=password, is_superuser=True, **extra
        )
        user.roles.create(name=Role.Name.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in, by e-mail or by telephone. Names are one field: they are written in one piece here."""

    email = models.EmailField(_("thư điện tử"), unique=True, null=True, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=16, unique=True, null=True, blank=True)  # E.164, +84912345678
    name = models.CharField(_("họ và tên"), max_length=150)
    language = models.CharField(
        _("ngôn ngữ"), max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi"
    )
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    # Oscar's migrations and Wagtail's queries know this column. Nobody is staff: roles decide.
    is_staff = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("người dùng")
        verbose_name_plural = _("người dùng")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(phone__isnull=False), name="user_has_email_or_phone"
            ),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    # Wagtail and Oscar ask for these names.
    @property
    def first_name(self):
        return self.name

    @property
    def last_name(self):
        return ""


class Role(models.Model):
    """An office that a person holds, in an area where it has one. Buyers hold none; a producer's people are members."""

    class Name(models.TextChoices):
        EDITOR = "editor", _("Biên tập viên")
        CHIEF_EDITOR = "chief_editor", _("Biên tập chính")
        TRANSLATOR = "translator", _("Người dịch")
        SHOP_MANAGER = "shop_manager", _("Quản lý cửa hàng")
        PROVINCIAL_OFFICER = "provincial_officer", _("Cán bộ tỉnh")
        ADMINISTRATOR = "administrator", _("Quản trị")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=30, choices=Name.choices)
    area = models.ForeignKey("areas.Area", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name", "area"], name="role_once_a_person_and_area"),
            models.UniqueConstraint(
                fields=["user", "name"], condition=models.Q(area=None), name="role_once_a_person_without_area"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_name_display()}"
