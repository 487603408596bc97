"""The age question before alcohol (Law on prevention of alcohol harm: nothing to people under 18)."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

AGE_COOKIE = "of_age"


def is_of_age(request) -> bool:
    """Has this reader said that they are 18 or older?"""
    return request.COOKIES.get(AGE_COOKIE) == "1"


def ask_age(request):
    """To the question, and from there back to where the reader was going."""
    return redirect(f"{reverse('alcohol_age')}?{urlencode({'next': request.get_full_path()})}")
