# Who faces a hurdle, who tried what, and whether it worked.
here-heading = Who else faces it
here-who = Who they are
here-nobody = Nobody has said yet that it happens where they work. Does it where you do?
here-bodies = { $n ->
    [one] 1 organisation says it happens there.
   *[other] { $n } organisations say it happens there.
}
here-like-yours = { $n } of { $of } organisations like yours say it happens there.
here-stage-facing = { $n } facing it.
here-stage-trying = { $n } trying something.
here-stage-cleared = { $n } cleared it.
here-stage-stuck = { $n } stuck.
here-unconfirmed = { $n } or more reports, not confirmed.
here-press = It happens here too
shown-for = Shown for { $body }.
choose-another = Choose another organisation
choose-yours = Choose your organisation to see what worked in places like it
trial-tell = Say what you tried
trial-tell-sign-in = Sign in to say what you tried
trials = Trials
trials-all = All trials
trials-of = Trials: { $title }
trials-none = Nobody has told of a trial yet. A half-told one is welcome.
trials-older = Older trials
trials-feed = Feed of these trials
trials-unnamed = { $n } or more organisations also told of a trial without their name.
as-table = As a table (CSV)

choose-body = Your organisation
choose-body-why = Pages then say what worked in places like yours: of the same kind, with as many people, as dense, and with like shares of people in low and in high deprivation.
choose-body-now = It is now
choose-body-which = Organisation
choose-body-hint = Its name or its code.
choose-body-keep = Choose it
choose-body-none = Choose none
choose-body-cookie = Without an account the choice is kept in a cookie of your browser for a year. It holds the organisation's name and nothing else.
wrong-body-ended = { $body } ended on { $day }, and no successor is written down. Choose another.
wrong-body-followed = { $body } is no more. Those that followed it: { $names }.

sighting-thanks = Thank you, that helps
sighting-written = It is written down that “{ $title }” happens elsewhere too.
sighting-more = You can stop here. If you say where, it counts once a steward or somebody who works there confirms it; until then it shows as reported, not confirmed.
sighting-body = Organisation
sighting-body-hint = Its name or its code. Leave it empty if you would rather not say.
sighting-stage = How far along
stage-say-facing = We face it
stage-say-trying = We are trying something
stage-say-cleared = We got over it
stage-say-stuck = We are stuck
stage-facing = Facing it
stage-trying = Trying something
stage-cleared = Cleared
stage-stuck = Stuck
sighting-days = Working days lost to it in a month
sighting-keep = Add this
sighting-enough = That is enough
sighting-confirm = Confirm
sighting-remove = Remove
wrong-days = Days are a whole number from 0 to 10,000, or nothing.
wrong-not-yours = Only those who work there can keep it to that organisation. Choose another.
facing-title = Who else faces it: { $title }
facing-caption = Organisations that say so, newest first
facing-since = Said on
facing-none = Nobody has named an organisation yet.

outcome-worked = Worked
outcome-partly = Worked partly
outcome-no-effect = No effect
outcome-worse = Made it worse
outcome-stopped = Stopped
outcome-too-early = Too early to say
mark-over = Worked
mark-touching = Worked partly
mark-under = Did not work
mark-worse = Made it worse
mark-hollow = Too early to say
mark-broken = Stopped

trial-form = What was tried: { $title }
trial-form-lead = Four answers are enough; the rest can wait. A half-told trial is welcome, and so is one that failed.
trial-numbered = Trial { $number }
trial-solution = What was tried
trial-own-way = A way of our own
trial-body = Organisation
trial-outcome = Did it work?
trial-learned = What was learned
trial-learned-hint = A sentence is enough. What would you tell somebody who starts tomorrow?
trial-deeper = More, if you like
trial-service = Service or team
trial-begun = First day
trial-ended = Last day
trial-differently = What was done differently
trial-line-cost = What it cost
trial-line-time = How long it took
trial-line-agreed = Who agreed
trial-ask = If it is too early: ask me again
trial-ask-in = In { $days } days
trial-ask-never = Not at all
trial-keep-unnamed = Do not name the organisation to others
trial-keep = Keep it
trial-failure-welcome = What did not work saves others the same weeks. Thank you for saying so.
trial-twin = This seems to be told already
trial-twin-same = It is trial { $number }: put both together
trial-twin-another = It is another one: keep both
trial-where = Where
trial-unnamed = An organisation that is not named
trial-unnamed-elsewhere = not named to others
trial-unconfirmed = reported, not confirmed
trial-unconfirmed-why = It counts when a steward or somebody who works there confirms it.
trial-told-by = Told by { $who } on { $day }
trial-told-on = Told on { $day }
trial-say-more = Say more, or change it
trial-confirm = Confirm it
trial-remove = Take it back
trial-remove-what = It is gone for good, and counts nowhere.
trial-remove-sure = Take it back for good
wrong-outcome = Say what came of it. "Too early to say" is an answer.
wrong-no-own-body = Say in which organisation.
wrong-day = Write the day as 2026-05-03, or leave it empty.
wrong-ends-first = It ends before it begins. Change one of the days.
wrong-future-outcome = That day is still to come, so nobody can say yet. Change the day, or choose "Too early to say".
wrong-answer-long = Say it in { $most } letters at the most.
wrong-lesson-long = That is more than { $most } letters. Keep the part that others need first; a guide has room for the rest.

follow-up = Did it work?
follow-up-lead = Some time ago you said that it was too early to say what came of a trial on “{ $title }”. Can you say now?
follow-up-answer = Send the answer
follow-up-once = This link answers once and can do nothing else. It does not sign you in.
follow-up-later = Still too early: ask later
letter-follow-up-subject = { $site }: did it work?
letter-follow-up = You told us of a trial on "{ $title }" and that it was too early to say.
    Did it work? One press answers, without signing in:

    { $address }

    The link can be used once. If you would rather not say, do nothing.
waiting-trials = Did it work?
waiting-trial = Your trial on

worked-title = What worked: { $title }
worked-see = See what worked
worked-none = Nothing is written down yet that fits. Have you tried something?
worked-narrow = Only some places
worked-narrow-do = Show these
narrow-any = Any
narrow-type = Type of organisation
narrow-nation = Nation
narrow-size = People who live there
narrow-service = Service
narrow-year = Year
size-under-50000 = Under 50,000
size-50000-200000 = 50,000 to 200,000
size-200000-500000 = 200,000 to 500,000
size-over-500000 = Over 500,000
made-worse-in = { $n ->
    [one] Made it worse in 1 place.
   *[other] Made it worse in { $n } places.
}
n-places = { $n ->
    [one] 1 place
   *[other] { $n } places
}
worked-in = Worked in { $n } of { $of }.
worked-like-yours = Worked in { $n } of { $of } like yours.
partly-in = { $n ->
    [one] Partly in 1 more.
   *[other] Partly in { $n } more.
}
undecided-in = { $n ->
    [one] 1 place cannot say yet.
   *[other] { $n } places cannot say yet.
}
nobody-tried = Nobody has told of trying it yet.
near-heading = The nearest places that tried something
near-read = What { $name } tells
near-ask = Ask { $name } in the discussion

ranking-how = How is this ranked?
ranking-title = How this is ranked: { $title }
ranking-short = First stands what worked in many places, and in places like yours above all. One lucky trial does not lead, and an organisation that tried often counts no more than one that tried once. Of two that worked equally well, the one that made nothing worse stands first.
ranking-numbers = The very numbers
ranking-y = Each trial counts 1 where it worked, ½ where it worked partly, 0 where it had no effect or made it worse. Stopped ones and those too early to tell are shown, not counted. All trials of a solution by one organisation count together, as their mean ȳ.
ranking-w = How much an organisation weighs, w, depends on how like the reader's it is: 1 for its own, exp(−d / h) for others of its kind at the distance d, 0.2 for another kind or where figures are missing.
ranking-for = Here it is ranked for { $body }.
ranking-for-anybody = Here it is ranked for anybody: every organisation weighs 1. Choose your organisation to see it ranked for places like yours.
ranking-h = Of its kind, h = { $h }: half of the distances between an organisation and its ten nearest are shorter.
ranking-no-h = Too few of its kind have figures to compare them, so every other organisation weighs 0.2.
ranking-beta = a = 1 + Σ w·ȳ and b = 1 + Σ w·(1 − ȳ). The order is that of the lower end, the 10 % quantile of the distribution Beta(a, b), so that one lucky trial does not lead.
ranking-ties = At an equal lower end a solution that nobody told made things worse stands first, then that with more places, then the newer.
ranking-unnamed = Trials told without the organisation's name, and those that nobody confirmed, are not counted here.
ranking-lower = lower end
ranking-caption = Who tried it: { $title }
ranking-open = Open or stopped
ranking-left-out = { $n ->
    [one] 1 more place is counted and not shown.
   *[other] { $n } more places are counted and not shown.
}
solution-worked = Where it worked
solution-by-kind = Places by type of organisation
solution-by-year = Trials by year
solution-did-not = Did not work
solution-where-worked = Where it worked
solution-where-not = Where it did not
use-too = We use this too
use-too-sign-in = Sign in to say that you use this too

told-trial-told = Thank you. The trial is written down.
told-failure-told = Thank you for saying what did not work. It will save others the same weeks.
told-trial-kept = The trial is kept as it stands now.
told-trial-joined = Both tellings are one trial now. Nothing was lost.
told-trial-known = You told of this already. Here it is.
told-trial-confirmed = The trial is confirmed and counts.
told-trial-removed = The trial is taken back.
told-trial-answered = Thank you. Your answer is kept.
told-sighting-kept = Thank you. What you said is kept.
told-sighting-confirmed = The report is confirmed and counts.
told-sighting-removed = The report is removed.

version-history = What changed: trial { $number }
version-history-lead = Every version of this trial, the newest first, with what each one changed.
version-n = Version { $seq }
version-stands = The trial as it stands now
version-old = An earlier version
version-see-now = See the trial as it stands
version-whole = The whole version
version-kept-back = for fewer people
version-other-way = A way that you may not see
version-yes = Yes
version-confirmed = Confirmed
version-erased = What this version said was erased on { $day }.
version-erase-what = Only what this version says goes, for good. A dated note stays in its place, so that the history is still whole.
version-act-tell = told
version-act-change = changed
version-act-answer = answered "did it work?"
version-act-follow-up = answered by the link in a letter
version-act-join = told again and put together
version-act-confirm = confirmed
version-act-hurdle-merged = moved along, as its hurdle was merged into another
version-act-solution-merged = moved along, as its solution was merged into another
older-versions = Older versions
told-version-erased = What that version said is gone for good.
told-trial-kept-both = The trial is kept, together with what somebody else changed meanwhile.
trial-clash = Somebody else changed this trial meanwhile
trial-clash-why = Nothing is lost. Below are your words; here is what now stands in the same places. Put into the form what is right, and keep it.
clash-nothing = Nothing
wrong-erase-standing = This is what the trial says now. Change the trial first, then erase this version.
trial-versions = { $n ->
    [one] History: one version
   *[other] History: { $n } versions
}
version-nobody = Not named
many-trial = Trials
one-trial = Trial
