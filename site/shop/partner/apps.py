"""Oscar's partner app with one wall more: stock that is promised never exceeds stock that is there."""

from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "shop.partner"

    def ready(self):
        """Oscar's receiver for stock alerts is left out: two open alerts made a product unsaleable (safety first)."""
