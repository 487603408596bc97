"""Settings, from top to bottom. Everything that differs between places comes from the environment or from `.env`."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403 - Oscar reads its defaults from the project's settings

from config.env import read_env_file

BASE_DIR = Path(__file__).resolve().parent.parent.parent
SITE_DIR = BASE_DIR / "site"
read_env_file(Path(os.environ.get("ENV_FILE", BASE_DIR / ".env")))
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))  # database, mails, collected static files

DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "")
if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is missing: `make run` writes one into .env")

# --- Where the site stands ------------------------------------------------------------------------------------------

SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https")
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "*").split(",")
if IS_HTTPS:
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "storefront.views.errors.expired"
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows pages in a frame of its own

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
SITE_ID = 1

# --- Apps -----------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # ours, from the lowest to the highest
    "outbox.apps.OutboxConfig",
    "areas.apps.AreasConfig",
    "accounts.apps.AccountsConfig",
    "pictures.apps.PicturesConfig",
    "producers.apps.ProducersConfig",
    "catalogue.apps.CatalogueConfig",  # Oscar's, forked
    "programme.apps.ProgrammeConfig",
    "shop.apps.ShopConfig",
    "shop.partner.apps.PartnerConfig",  # Oscar's, forked
    "discovery.apps.DiscoveryConfig",
    "storefront.apps.StorefrontConfig",
    "showcase.apps.ShowcaseConfig",
    # Wagtail
    "wagtail.contrib.redirects",
    "wagtail.contrib.forms",
    "wagtail_localize",
    "wagtail_localize.locales",  # in the place of wagtail.locales
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.PeopleScreensConfig",  # wagtail.users, with our own form
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    # Oscar: its tables; none of its pages is mounted
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "treebeard",
    "django_tables2",
    # jobs, log-in, policy
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "config.static.ServedFilesConfig",  # django.contrib.staticfiles
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.static.StaticFilesMiddleware",
    "config.compression.TextCompressionMiddleware",
    "config.maintenance.MaintenanceMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.language.PersonsLanguageMiddleware",
    "config.access.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "config.redirects.PageRedirectMiddleware",  # a page's old address leads to its new one
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "storefront.page.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "storefront.templatetags.display"],
        },
    }
]

# --- Database, cache, jobs ------------------------------------------------------------------------------------------

DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'ocop.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # WAL lets readers go on while one writes; IMMEDIATE makes writers queue instead of failing half-way.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; "
        "PRAGMA mmap_size=134217728",
    }
else:
    # A buyer waits ten seconds for a lock and then gets a sentence, not an endless page.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c lock_timeout=10000 -c statement_timeout=60000"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "config.caching.ForgivingRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
}

# Counts of lists are made anew when an entry has changed, in a tenth of a process's time at most (discovery/tally.py).
TALLY_SHARE = 0.1
SEARCHES_WRITTEN_EVERY = 5  # seconds that a process gathers them (discovery/looked_for.py)

# --- Search ---------------------------------------------------------------------------------------------------------

ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")  # empty: the database answers searches
ELASTICSEARCH_PREFIX = os.environ.get("ELASTICSEARCH_PREFIX", "ocop")  # of this site's names, where several share one
SEARCH_TIMEOUT = 0.8  # seconds until the database answers in the place of Elasticsearch
SEARCH_REST = 15  # seconds for which it then is not asked
SYNONYMS_FILE = Path(os.environ.get("SYNONYMS_FILE", SITE_DIR / "discovery/data/synonyms.txt"))

# --- Jobs -----------------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "ENQUEUE_ON_COMMIT": False}}

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.login.EmailOrPhoneBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "account"
WAGTAILADMIN_LOGIN_URL = "login"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_CALLABLE = "storefront.views.account.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.throttle.client_address"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who goes on guessing cannot keep the owner out for ever
AXES_VERBOSE = False

# --- Languages, time, money -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [SITE_DIR / "locale"]
USE_I18N = USE_TZ = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_COOKIE_NAME = "lang"
PHONENUMBER_DEFAULT_REGION = "VN"

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [SITE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing of ours is loaded by other sites
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Mail -----------------------------------------------------------------------------------------------------------

EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mails"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL", "ocop@localhost")

# --- What a page may load -------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [
        "/cms/",
        "/media/",
    ],  # Wagtail's admin has inline scripts; media bring a policy of their own
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}

# The map draws its own ground. With tiles of a server it asks that one, and its page alone allows it (views/map.py).
MAP_TILES_URL = os.environ.get("MAP_TILES_URL", "")
MAP_TILES_ATTRIBUTION = os.environ.get("MAP_TILES_ATTRIBUTION", "")

# --- Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "OCOP Lai Châu"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "pictures.forms.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "mp4", "webm", "mp3", "ogg", "m4a"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "showcase.documents.DocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = LOGIN_URL
# Wagtail keeps such passwords in clear text and lets anybody guess them.
WAGTAIL_PRIVATE_PAGE_OPTIONS = WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one, so that nobody is asked
WAGTAILEMBEDS_FINDERS = []
# A translation begins as a draft copy in the other language's tree, and goes the same way to the readers as any page.
WAGTAIL_LOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Oscar ----------------------------------------------------------------------------------------------------------

OSCAR_SHOP_NAME = "OCOP Lai Châu"
OSCAR_DEFAULT_CURRENCY = "VND"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_ANON_REVIEWS = False
OSCAR_MODERATE_REVIEWS = True
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "country")
OSCAR_SLUG_MAP = {"đ": "d", "Đ": "D"}
OSCAR_THUMBNAILER = "pictures.thumbnailer.Thumbnailer"
# Oscar imports Haystack with its search views, which are mounted nowhere; the import asks for this.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

# --- The programme and its shop -------------------------------------------------------------------------------------

PROGRAMME_NAME = _("OCOP Lai Châu")
PROVINCE_CODE = "12"  # Lai Châu, by the codes of Decision 19/2025/QĐ-TTg
OPERATOR = {  # shown in the footer of every page (Decree 52/2013, art. 29); empty parts say that they are not known
    "name": os.environ.get("OPERATOR_NAME", ""),
    "address": os.environ.get("OPERATOR_ADDRESS", ""),
    "registration": os.environ.get("OPERATOR_REGISTRATION", ""),
    "phone": os.environ.get("OPERATOR_PHONE", ""),
    "email": os.environ.get("OPERATOR_EMAIL", ""),
}
CONTACT_EMAIL = os.environ.get("CONTACT_EMAIL", "") or OPERATOR["email"]  # where messages of the contact page go
TRANSFER_ACCOUNT = {  # the programme's account; without one no transfer is offered
    "bin": os.environ.get("TRANSFER_BIN", ""),
    "number": os.environ.get("TRANSFER_ACCOUNT", ""),
    "holder": os.environ.get("TRANSFER_HOLDER", ""),
}
TRANSFER_HOURS = int(os.environ.get("TRANSFER_HOURS", "24"))  # how long a purchase waits for its money
SAMPLE_DATA = os.environ.get("SAMPLE_DATA", "1") == "1"  # the built-in data holds sample prices: pages say so
SAMPLE_LOGINS_FILE = Path(os.environ.get("SAMPLE_LOGINS_FILE", VAR_DIR / "sample-logins.txt"))
MAINTENANCE_FILE = VAR_DIR / "maintenance"  # while this file exists, the site says that it will be back soon

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # frames from our own address: Wagtail's preview
    *([] if IS_HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]),  # follow SITE_URL
]
