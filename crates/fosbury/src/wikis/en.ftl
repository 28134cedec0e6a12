wikis = Wikis you bring along
wikis-lead = Where people already keep what they know in a DokuWiki, a MediaWiki or a folder of Markdown, its pages come here as guides, with their history and their files. Links between them keep working, and so do the wiki’s old addresses if its name leads here.
wikis-came = Wikis that came
wikis-none = None came yet.
wiki-archive = The wiki, in one file
wiki-archive-hint = A DokuWiki: an archive (.tar.gz) of its folder, or of its folders “data” and “conf”. A MediaWiki: its dump (.xml, also .gz or .bz2). Notes in Markdown: an archive (.tar.gz or .zip) of their folder. 1 GB at the most. You see first what would come.
wiki-look = Look at it
wikis-one-page = Only one page?
wiki-command = A larger wiki
wiki-command-lead = On the server, with the wiki’s folder, dump or archive of any size. Leave out “--dry-run” to bring it along.
wiki-waits = A wiki that you sent waits.
wiki-waits-see = Look at it, and bring it along
wrong-wiki-none = Choose the file that holds the wiki
wrong-wiki-unreadable = There is no wiki in that file: neither a DokuWiki’s folder “pages” with texts in its own syntax, nor a MediaWiki’s dump, nor texts in Markdown.
wrong-wiki-licence = Say under which licence people wrote there, in 100 letters at the most; “No licence stated” where nobody knows
wiki-preview = What would come
wiki-preview-what = Pages come as guides. What was closed to the public there is for members only here. Nobody’s network address comes along.
wiki-licence = Under which licence people wrote there
wiki-licence-hint = It stands on every page that comes. The wiki does not say it itself.
wiki-licence-is = Licence: { $licence }.
wiki-bring = Bring it along
wiki-give-up = Throw it away
wiki-and-more = … and { $n } more of these.
n-wiki-pages = { $n ->
    [one] 1 page.
   *[other] { $n } pages.
}
n-wiki-deleted = { $n ->
    [one] 1 page that was deleted there.
   *[other] { $n } pages that were deleted there.
}
n-wiki-revisions = { $n ->
    [one] 1 revision.
   *[other] { $n } revisions.
}
n-wiki-files = { $n ->
    [one] 1 file.
   *[other] { $n } files.
}
n-wiki-older-files = { $n ->
    [one] 1 older version of a file.
   *[other] { $n } older versions of files.
}
n-wiki-closed = { $n ->
    [one] 1 page is for members only.
   *[other] { $n } pages are for members only.
}
n-wiki-lines = { $n ->
    [one] 1 thing that could not be read or kept as it was
   *[other] { $n } things that could not be read or kept as they were
}
n-wiki-links = { $n ->
    [one] 1 page links to it
   *[other] { $n } pages link to it
}
wiki-line-page = Page or file there
wiki-line-what = What
wiki-line-name = Its name is not one that a page can have
wiki-line-lines = Lines of its history that could not be read: { $value }
wiki-line-lost = The text of { $value } is not there
wiki-line-damaged = A text is damaged: { $value }
wiki-line-long = A text is longer than 2 MB
wiki-line-bytes = Some bytes were no letters and were replaced
wiki-line-facts = What the wiki kept beside it could not be read
wiki-line-spans = Table cells over several columns or rows are repeated
wiki-line-section = A link to a section leads to the page
wiki-line-query = A link that asked for more than the page leads to the page
wiki-line-picture-in-link = A picture that was a link stands beside the link
wiki-line-feed = A feed that was shown is a link to it
wiki-line-included = A page that was shown inside it is a link
wiki-line-box = A box is a quotation
wiki-line-fields = Fields of a plugin are a list
wiki-line-plugin = A sign to a plugin is gone
wiki-line-code = HTML or PHP is shown as it was typed
wiki-line-shape = Underlined, raised or lowered words are plain or slanted
wiki-line-template = A template stands as what it was told, or as it was typed: { $value }
wiki-line-no-file = A file that it shows did not come along: { $value }
wiki-line-left-field = What it says of itself is left out: { $value }
wiki-line-nowhere = A link leads to nothing that came along, and is words: { $value }
wiki-line-left-out = It stays behind, as do all of its kind: { $value }
wiki-line-only-leads = It only lists other pages and stays behind
wiki-line-too-long-to-edit = It is too long to be edited in one piece ({ $value } letters): split it
wiki-line-closed = It was closed to the public and is for members only; there it was open to: { $value }
wiki-line-edited-here = It was edited here since it came, and stays as it is here
wiki-line-lost-file = What this file was is lost there: the version of { $value }
wiki-line-deleted-file = This file was deleted there
wiki-line-off-file = This file was taken off its page here, or erased: its newer versions stay behind
wiki-line-erased-file = A version of this file was erased here and stays behind
wiki-line-refused-older = An older version of this file stays behind: { $value }
wiki-line-closed-file = This file was closed to the public there, and no page for members shows it: it stays behind
wiki-line-refused-file = This file stays behind: { $value }
refused-too-large = It is larger than this place allows.
refused-full = There is no more room for files.
wiki-state-coming = It is coming
wiki-state-here = It came
wiki-state-undone = It was taken back
wiki-so-far = { $written } of { $all } pages so far.
wiki-look-again = Look again
wiki-old-addresses = Old addresses lead to these pages: /doku.php?id=… and rev=…, /index.php?title=… and oldid=…, /wiki/Page, /page or /folder/page.
wiki-wanted = Pages that nobody wrote
wiki-wanted-lead = They are linked to from pages that came.
wiki-report = What could not be read, or not kept as it was
wiki-pages = Pages that came
wiki-undo = Take it back
wiki-undo-lead = Pages that nobody edited since they came are deleted, in one act. Their histories stay, and the wiki can come again.
wiki-undo-do = Take the wiki back
wiki-undo-summary = The wiki “{ $title }” was taken back
told-wiki-comes = The wiki is on its way. You can go on with other things.
told-wiki-busy = Another wiki is on its way. Try again when it is here.
told-wiki-given-up = What you sent is gone. Nothing came.
told-wiki-undone = The wiki was taken back.
pasting = A page from elsewhere
pasting-lead = Paste a page from another wiki, a note or a web page. You see first how it would look; what you keep is a guide that is yours alone until you open it up.
pasting-link = Paste a page from elsewhere
pasted-text = The page
pasted-text-hint = Its source, if it is a wiki’s: open it there as if you wanted to change it, and copy all of it.
pasted-syntax = How it is written
pasted-syntax-guess = Find out
pasted-syntax-markdown = Markdown
pasted-syntax-mediawiki = MediaWiki, as on Wikipedia
pasted-syntax-dokuwiki = DokuWiki
pasted-syntax-html = HTML, as in a web page’s source
pasted-title = Its title
pasted-title-hint = If you leave this empty, its first heading is its title. A page of a MediaWiki does not say its own.
pasted-source = Where it comes from
pasted-source-hint = Whom to credit: the site’s name or address, and who wrote it. It stands on the page.
pasted-licence = Under which licence
pasted-licence-hint = Such as “CC BY-SA 4.0”; “By permission” or “Our own” where that is so. It stands on the page.
pasted-read-as = Read as { $syntax }. Nothing is kept yet.
pasted-lines = Not understood, or not kept as it was
pasted-look = See how it looks
pasted-keep = Keep it as a guide
pasted-summary = From elsewhere: { $source }
wrong-pasted-none = Paste the page
wrong-pasted-long = The page is { $over } letters too long: paste it in pieces
wrong-pasted-source = Say where the page comes from, in 200 letters at the most
wrong-pasted-licence = Say under which licence it comes, in 200 letters at the most
told-page-pasted = It is kept, and only you see it so far. Read through it, then open it to others under “Edit the whole page”.
wiki-turn = What next
wiki-turn-lead = Some pages may be more than guides: a hurdle, a way over one, or notes of a session. Each becomes one with a key, and back with another.
wiki-turn-go = Look through its pages
wiki-authors-go = Who wrote there
wiki-pages-title = What the pages of { $title } may be
wiki-pages-lead = Beside each page stands what it looks like, and why; you decide. Its old address goes on leading to it, and its history stays.
wiki-pages-none = No page that waits looks like a hurdle, a solution or notes.
wiki-pages-all = All pages stand here.
wiki-pages-more = Look through more pages
wiki-key-twin = It is the first, second, third record named: merge it into that
wiki-key-move = To the next page, to the page before
wiki-undo-last = Take the last decision back
wiki-twins = It may be here already. Merge it into:
wiki-twin-told = Tell of it there instead
wiki-leave = Leave it as a guide
wiki-left = left as a guide
wiki-became-hurdle = is a hurdle now
wiki-became-solution = is a solution now
wiki-became-event = is notes of a session now
wiki-decided = Decided
wiki-undo-page = Undo
turn-as-hurdle = Hurdle
turn-as-solution = Solution
turn-as-capture = Notes of a session
n-wiki-others = { $n ->
    [one] 1 page looks like none of these.
   *[other] { $n } pages look like none of these.
}
told-wiki-page-left = It stays a guide
told-wiki-page-turned = Done. The next page waits.
authors = Who wrote in wikis that came
authors-lead = Their names stand as the wiki had them. Whoever wrote there can say so on their page “You”; where the wiki knew the mail address that somebody signs in with, it is theirs at once.
authors-waiting = Says it was them
authors-none = Nobody waits.
authors-known = Known
authors-free = Nobody said yet
authors-yours = What you wrote in wikis that came
authors-offered = These may be yours:
author-revisions = Revisions by { $name } in { $wiki }
author-mine = These are mine
author-not-mine = Not mine
author-is-yours = They stand under your name.
author-waits = A steward confirms it.
author-other = You went by another name there
author-confirm = Yes, that is them
author-refuse = No
author-take-back = Take it back
told-author-claimed = Noted. A steward confirms it, and then those revisions stand under your name.
told-author-given-up = Those revisions stand under the wiki’s own name again.
told-author-confirmed = Confirmed: those revisions stand under that account’s name.
told-author-taken-back = Those revisions stand under the wiki’s own name again.
