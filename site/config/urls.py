"""The whole map. Vietnamese at the root, English under /en/ with its own words; Wagtail's pages come last."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import pgettext_lazy
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.share_cards import share_card
from config.sitemap import sitemap
from showcase import fair_views
from showcase.feeds import NewsFeed, StoriesFeed
from showcase.home import home
from showcase.untranslated import untranslated
from storefront.views import (
    account,
    basket,
    checkout,
    errors,
    find,
    help,
    manage,
    map,
    media,
    producers,
    product,
    products,
    purchase,
    search_click,
    suggest,
)


def word(text):
    """A word of an address, translated like any other."""
    return pgettext_lazy("address", text)


urlpatterns = [
    path("cms/login/", RedirectView.as_view(pattern_name="login", query_string=True)),  # one door, one lock
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/<path:name>", media.media, name="media"),
    path("anh-chia-se/<str:language>/<str:kind>/<str:key>/<str:digest>.png", share_card, name="share_card"),
    path("suc-khoe/", errors.health, name="health"),
    path("robots.txt", errors.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    # the shop managers' dashboard: one address in both languages
    path("quan-ly/", manage.home, name="manage"),
    path("quan-ly/giao-hang/", manage.delivery, name="manage_delivery"),
    path("quan-ly/chuyen-khoan/", manage.transfers, name="manage_transfers"),
    path("quan-ly/chuyen-khoan/<str:code>/da-nhan/", manage.transfer_received, name="manage_transfer_received"),
    path("quan-ly/chuyen-khoan/xu-ly/<int:pk>/", manage.transfer_settle, name="manage_transfer_settle"),
    path("quan-ly/lan-mua/", manage.purchases, name="manage_purchases"),
    path("quan-ly/lan-mua/<str:code>/", manage.purchase, name="manage_purchase"),
    path("quan-ly/lan-mua/<str:code>/huy/", manage.purchase_cancel, name="manage_purchase_cancel"),
    path("quan-ly/kien-hang/<int:pk>/", manage.parcel, name="manage_parcel"),
    path("quan-ly/hoan-tien/", manage.refunds, name="manage_refunds"),
    path("quan-ly/hoan-tien/<int:pk>/", manage.refund, name="manage_refund"),
]

urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path(word("san-pham/"), products.products, name="products"),
    path(word("san-pham/nhom/<slug:slug>/"), products.group, name="product_group"),
    path(word("san-pham/do-uong-co-con/"), products.alcohol, name="alcohol"),
    path(word("san-pham/do-uong-co-con/tuoi/"), products.alcohol_age, name="alcohol_age"),
    path(word("san-pham/<slug:slug>/"), product.product, name="product"),
    path(word("nha-san-xuat/"), producers.producers, name="producers"),
    path(word("nha-san-xuat/<slug:slug>/"), producers.producer, name="producer"),
    path(word("xa/<slug:slug>/"), producers.commune, name="commune"),
    path(word("ban-do/"), map.the_map, name="map"),
    path(word("tim-kiem/"), find.search, name="search"),
    path(word("tim-kiem/goi-y/"), suggest.suggestions, name="suggestions"),
    path(word("tim-kiem/mo/"), search_click.search_click, name="search_click"),
    path(word("kiem-tra/"), find.check, name="check"),
    path(word("kiem-tra/<str:code>/"), find.check_code, name="check_code"),
    path(word("gio-hang/"), basket.basket, name="basket"),
    path(word("gio-hang/them/"), basket.add, name="basket_add"),
    path(word("gio-hang/sua/"), basket.change, name="basket_change"),
    path(word("dat-hang/"), checkout.checkout, name="checkout"),
    path(word("dat-hang/xa/"), checkout.communes_named, name="communes_named"),
    path(word("dat-hang/phi-giao/"), checkout.delivery_quote, name="delivery_quote"),
    path(word("don-mua/"), purchase.find_purchase, name="find_purchase"),
    path(word("don-mua/<str:key>/"), purchase.purchase, name="purchase"),
    path(word("don-mua/<str:key>/huy/"), purchase.cancel, name="purchase_cancel"),
    path(word("dang-nhap/"), account.login, name="login"),
    path(word("dang-xuat/"), account.logout, name="logout"),
    path(word("tai-khoan/"), account.account, name="account"),
    path(word("tai-khoan/mat-khau/"), account.password, name="account_password"),
    path(word("huong-dan/"), help.index, name="help"),
    path(word("huong-dan/<slug:slug>/"), help.page, name="help_page"),
    path(word("cau-chuyen/rss/"), StoriesFeed(), name="stories_feed"),
    path(word("tin-tuc/rss/"), NewsFeed(), name="news_feed"),
    path(word("chua-dich/<int:pk>/"), untranslated, name="untranslated"),
    path(word("hoi-cho/dang-ky/<uuid:key>/"), fair_views.activity, name="activity"),
    path(word("hoi-cho/dang-ky-cua-toi/<str:key>/"), fair_views.registration, name="registration"),
    path(word("hoi-cho/dang-ky-cua-toi/<str:key>/huy/"), fair_views.cancel_registration, name="registration_cancel"),
    path(word("hoi-cho/gian-hang/<uuid:key>/"), fair_views.booth_request, name="booth_request"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "storefront.views.errors.bad_request"
handler403 = "storefront.views.errors.forbidden"
handler404 = "storefront.views.errors.not_found"
handler500 = "storefront.views.errors.server_error"
