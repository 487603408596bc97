"""A cache whose loss costs speed, never a page."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def forgiving(method, lost):
    def call(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            logger.warning("cache: %s", error)
            return lost(args, kwargs)

    return call


class ForgivingRedisCache(RedisCache):
    """Redis where every failure is a miss."""

    get = forgiving(RedisCache.get, lambda args, kwargs: kwargs.get("default", args[1] if len(args) > 1 else None))
    get_many = forgiving(RedisCache.get_many, lambda args, kwargs: {})
    set = forgiving(RedisCache.set, lambda args, kwargs: None)
    set_many = forgiving(RedisCache.set_many, lambda args, kwargs: [])
    add = forgiving(RedisCache.add, lambda args, kwargs: True)
    incr = forgiving(RedisCache.incr, lambda args, kwargs: 1)
    touch = forgiving(RedisCache.touch, lambda args, kwargs: False)
    delete = forgiving(RedisCache.delete, lambda args, kwargs: False)
    delete_many = forgiving(RedisCache.delete_many, lambda args, kwargs: None)
    has_key = forgiving(RedisCache.has_key, lambda args, kwargs: False)
    clear = forgiving(RedisCache.clear, lambda args, kwargs: False)
