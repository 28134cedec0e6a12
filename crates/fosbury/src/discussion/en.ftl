# Discussions, the stewards' queue, and what waits for whom.
discussion = Discussion
called-trial = Trial { $number }
called-organisation = Organisation
discussion-none = Nobody has said anything yet. A line is enough.
discussion-older = Older threads
discussion-feed = Feed of the discussion
discussion-feed-of = { $page }: { $title }, discussion
discussion-sign-in = Sign in to answer, to thank and to be told of answers
n-comments = { $n ->
    [0] No comments yet
    [one] 1 comment
   *[other] { $n } comments
}
n-answers = { $n ->
    [one] 1 answer
   *[other] { $n } answers
}
n-thanks = { $n ->
    [one] 1 thanks
   *[other] { $n } thanks
}
say-something = Say something
say-comment = A comment
say-way = A way over we found
say-help = We need help with this
said-comment = Comment
said-way = A way over
said-help = A call for help
said-change = A suggested change
said-flag = A flag
said-what = What it is
said-words = Your words
said-words-hint = Name somebody with @ and their name, such as @amina.
said-name = Your name, if you like
said-trap = Leave this empty
said-send = Send
said-held-first = A steward reads it first. You get a private link to follow it; no address is asked for or kept.
said-visitor = A visitor
said-open = Open
said-edited = edited
said-answer = Answer
said-another = Say something of your own
said-numbered = comment { $number }
said-to-solution = Make a solution of it
said-state-held = Waiting for a steward
said-state-published = Published
said-state-refused = Not published
said-state-withdrawn = Taken back
said-state-removed = Removed by its author
said-state-taken = Taken away by a steward
said-state-erased = Erased for good
wrong-thread = There is no such comment here to answer
wrong-said-nothing = Write a few words
wrong-said-often = You have said a lot in a short time. Your words are still here: please try again in a few minutes.
wrong-box-full = The box is full: a steward has to look through it first. Your words are still here: please try again tomorrow.

suggest-change = Suggest a change
suggest-title = Suggest a change
suggest-lead = Change what you would change. A steward sees your words beside today's and accepts them with credit, or says why not.
suggest-why = Why? A few words for the steward
suggest-send = Suggest it
wrong-suggest-nothing = Nothing is different yet
suggested-by-visitor = A visitor
suggested-summary = Suggested without an account, accepted by a steward
suggested-summary-why = Suggested, accepted by a steward: { $why }

following-title = What you said
following-keep = Keep this page's address: it is the only way back to your words. Nobody else knows it.
following-nowhere = about a page that is not shown just now,
following-read = Read it in the discussion
following-why = The reason: { $why }
following-withdraw = Take it back

flag-page = Something is wrong here
flag-do = Flag
flag-title = Tell a steward
flag-comment = About this comment:
flag-reason = What is wrong?
flag-advertising = Advertising
flag-rude = Rude or hurtful
flag-private = Says something private about somebody
flag-wrong = Not true any more
flag-other = Something else
flag-words = Anything a steward should know
flag-send = Tell a steward

thanks-do = Thank
thanks-undo = Take thanks back
comment-remove = Remove this comment
comment-remove-what = Its words go for good; where it stood is still said.
comment-take = Take this comment away
comment-erase = Erase this comment
comment-erase-what = Its words and its author's name are gone for good. A tombstone stays.

held-title = Waiting for a steward
held-lead = Each item is seen by its author and by stewards alone until you decide. What you decide stands in the public log, without names:
held-title-bodies = Waiting for the people of your organisation
held-lead-bodies = These are about pages that only you and the people of some bodies can read, so you decide: any of you but the author. What you decide stands in the log, without names, for those who can read the page:
held-waits-for-you = { $n ->
    [one] 1 item on a page kept to your organisation waits for you or a colleague
   *[other] { $n } items on pages kept to your organisation wait for you or a colleague
}
held-none = Nothing waits. Thank you.
held-keys = keys: j next, k before, x tick, a accept, r refuse
n-held = { $n ->
    [one] 1 item waits
   *[other] { $n } items wait
}
held-tick = Tick
held-links = It leads to other places: look at them before you accept.
held-clashes = Others changed the same words since: accepting asks you which to keep.
held-nothing-new = Today's text says all of this already.
held-flag-page = About the page itself. Upholding changes nothing there: edit, protect or delete the page yourself.
held-flag-comment = Upholding takes the comment away.
held-accept-comment = Publish
held-accept-way = Publish
held-accept-help = Publish
held-accept-change = Accept with credit
held-accept-flag = Uphold
held-refuse = Refuse
held-why = Reason, where you refuse
held-why-hint = Its author and the public log show it. Name nobody.
held-several = All that are ticked
held-accept-ticked = Accept the ticked
held-refuse-ticked = Refuse the ticked
held-more = More that waits
held-clear = Refuse everything by visitors
held-clear-what = For a flood: refuses all that visitors sent and that still waits, in one act.
held-sure = Yes, all of it
wrong-held-why = Give a reason: its author reads it
wrong-held-none = Tick what you decide about
wrong-held-sure = Tick this to refuse all of it

moderation = What stewards decided
moderation-lead = Every act of a steward on what people said and wrote, with its reason. Whom it concerned is not said here.
moderation-none = Nothing yet.
moderation-older = Earlier acts
act-of-steward-accept = Accepted
act-of-steward-refuse = Refused
act-of-steward-take = Taken away
act-of-steward-erase = Erased
act-of-steward-delete = Deleted
act-of-steward-recover = Brought back
act-of-steward-merge = Merged into another
act-of-steward-separate = Separated again
act-of-steward-split = Split
act-of-steward-protect = Protected for a time
act-of-steward-unprotect = No longer protected
act-of-steward-undo-author = Undone, all of one author
act-of-steward-close-account = Closed
said-page = Page
said-edit = Change
said-file = File
said-account = Account

waiting = Waiting for you
waiting-handle = Others name you with @{ $handle }.
waiting-read = Mark all as read
waiting-new = New:
waiting-news = Said to you, and decided of yours
waiting-news-none = Nothing yet.
waiting-changes = Changed since you last looked
waiting-changes-none = Nothing you watch has changed.
waiting-search = “{ $words }” finds something changed
waiting-watched = What you watch
waiting-watched-none = Nothing yet. Watch a page below its text, a tag on its page, a search on its results.
news-mention = named you
news-answer = answered
news-yours = said something about your trial or your organisation
news-there = said something about a session that you were in
news-watched = said something on a page you watch
news-accepted = Accepted
news-refused = Not accepted
news-taken = Taken away by a steward
watch-page = Watch this page
watch-trial = Watch this discussion
watch-organisation = Watch this discussion
watch-session = Watch this discussion
watch-tag = Watch this tag
watch-search = Watch this search
unwatch-page = Stop watching this page
unwatch-trial = Stop watching this discussion
unwatch-organisation = Stop watching this discussion
unwatch-session = Stop watching this discussion
unwatch-tag = Stop watching this tag
unwatch-search = Stop watching this search
watched-page = Page
watched-trial = Discussion of a trial
watched-organisation = Discussion of an organisation
watched-session = Discussion of a session
watched-tag = Tag
watched-search = Search
wrong-watch-many = You watch 500 things already. Stop watching some first.

told-said = Thank you. A steward looks at it first.
told-said-published = Said. Thank you.
told-said-edited = Your comment was changed
told-said-removed = The comment was taken away
told-said-withdrawn = Taken back
told-said-erased = The words of that comment are gone for good
told-flagged = Thank you. A steward will look at it.
told-decided = Decided
told-decided-late = Some of it was decided by somebody else, or taken back, before you pressed the button
told-all-read = All read
told-watching = You watch it now
told-not-watching = You no longer watch it
