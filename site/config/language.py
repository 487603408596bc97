"""The language of the screens that have one address in both languages."""

from django.utils import translation

ONE_ADDRESS = ("/cms/", "/quan-ly/")


class PersonsLanguageMiddleware:
    """Lets the screens for work speak the language that the person has chosen; everywhere else the address says it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(ONE_ADDRESS) and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
