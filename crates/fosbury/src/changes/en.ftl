# What changed lately.
changes-title = What changed
changes-of-tag = What changed under “{ $tag }”
changes-new-only = Only new pages
changes-without-minor = Without small changes
changes-none = Nothing yet
changes-none-why = Nothing was changed yet, or nothing that fits.
see-change = the change
older-changes = Older changes
feed-of-site = { $site }: what changed
feed-of-kind = { $site }: { $kind }
feed-of-tag = What changed under “{ $tag }”
feed-of-page = { $page }: { $title }
tags-none = No page has a tag yet.
tag-changes = What changed under this tag
