"""What staff should know of the search: that Elasticsearch does not answer, and what cannot be read of the synonyms."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from discovery.engines.falling_back import failing_since
from discovery.synonyms import synonyms

FAULTS_TOLD = 5
LONGEST = 80  # signs of a line


def troubles() -> list[str]:
    """A sentence for each trouble, in the reader's language; none where all is well."""
    known, since, told = synonyms(), failing_since(), []
    if since:
        told.append(
            _(
                "Từ %(time)s, Elasticsearch không trả lời hoặc chưa có chỉ mục. Cơ sở dữ liệu đang tìm kiếm thay nên "
                "trang vẫn chạy; khi Elasticsearch trở lại, trang sẽ tự dùng lại. Nếu còn kéo dài, hãy báo người quản "
                "trị máy chủ."
            )
            % {"time": timezone.localtime(since).strftime("%H:%M")}
        )
    if known.is_missing:
        told.append(
            _("Không đọc được tệp từ đồng nghĩa %(file)s: trang đang tìm kiếm mà không có từ đồng nghĩa.")
            % {"file": Path(settings.SYNONYMS_FILE).name}
        )
    for number, line in known.faults[:FAULTS_TOLD]:
        told.append(
            _(
                "Tệp từ đồng nghĩa, dòng %(number)s không đúng cách viết nên bị bỏ qua: “%(line)s”. Mỗi dòng là vài "
                "tên cùng nghĩa, cách nhau bằng dấu phẩy; mỗi tên một hoặc hai chữ."
            )
            % {"number": number, "line": line[:LONGEST]}
        )
    return told
