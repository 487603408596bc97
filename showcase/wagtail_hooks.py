"""What Wagtail's admin learns from us when it starts."""

from wagtail import hooks

from showcase.choosers import producer_chooser, product_chooser


@hooks.register("register_admin_viewset")
def choosers():
    return [product_chooser, producer_chooser]
