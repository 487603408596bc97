"""While the maintenance file exists, every page says that the site will be back soon. Asks nothing of the database."""

from django.conf import settings
from django.db import OperationalError

from storefront.views.errors import unavailable


class MaintenanceMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.MAINTENANCE_FILE.exists() and request.path_info != "/suc-khoe/":
            return unavailable(request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """A database that does not answer is a short pause, not a fault of the page."""
        if isinstance(exception, OperationalError):
            return unavailable(request)
        return None
