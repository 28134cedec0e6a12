tips = Tips
tip-yours = Your one tip
tip-hint = One line for whoever was not here. You can change it later.
tip-do = Keep my tip
tip-as-solution = Make it a solution
tip-credit = A tip from { $name }
outcomes = What was found and decided
outcomes-none = Nothing is written down yet.
outcome-add = Write down what was found or decided
outcome = What was found or decided
outcome-page = The page that came of it
outcome-page-hint = Its address, or its kind and number such as “hurdle 27”. It can stay empty.
outcome-do = Write it down
told-line = The line of the notes that it comes from
told-line-hint = Its number in the capture. It can stay empty.
told-erase = Erase
one-action = Action
called-action = Action { $number }
actions = Who does what
actions-none = Nobody took anything on yet.
action-add = Write down who does what
action-what = What is to be done
action-owner = Who does it
action-owner-hint = The name of an account here puts it on that person’s page of what waits. Any other name is shown as it is.
action-due = By when
action-do = Write it down
action-nobody = Nobody yet
action-by = by { $day }
action-overdue = overdue
action-state = Where it stands
action-state-open = Open
action-state-done = Done
action-state-dropped = Dropped
action-from-line = From line { $n } of the notes
action-change = Change it
action-change-do = Keep the change
action-why = A word on how it went, or why it is dropped
action-why-hint = Something that is dropped needs a reason.
action-steps = How it went so far
action-erase-lead = The words and all that was said of it go for good, from restored backups too.
action-erase-do = Erase this action
came-title = What came of { $title }
came-link = What came of the whole event
came-open = Still to be done
came-open-none = Nothing is left open.
came-done = Done
came-dropped = Dropped
came-none = Nobody wrote down yet what was found or decided.
came-csv = All actions as a table
wrong-none-tip = Write your tip first
wrong-none-outcome = Write what was found or decided first
wrong-none-doing = Write what is to be done first
wrong-told-long = Use { $most } letters at the most
wrong-told-line = Give the number of a line in the notes above, or nothing
wrong-told-full = There are as many as one session can have
wrong-outcome-page = Give the address of a page here, such as /hurdles/27, or nothing
wrong-action-due = Give a day such as 2026-05-03, or nothing
wrong-action-state = Say where it stands
wrong-action-why = Say why it is dropped
wrong-action-meanwhile = Somebody changed it meanwhile. Look at how it stands now, below, and open this page again to change it
waiting-actions = You said that you would do this
letter-action-subject = { $site }: how did it go?
letter-action = You said that you would do this:

    { $actions }

    How did it go? Each link above answers once, without signing in. All that waits for you:

    { $address }

    You are asked once for each thing.
letter-action-due = (by { $day })
told-tip-kept = Your tip is kept
told-outcome-kept = It is written down
told-action-kept = It is written down
told-action-changed = The change is kept
told-told-erased = It is erased
letters-end = No more letters about this event
letters-end-lead = You get no more letters about what is said in its sessions and what came of it. All of it can still be read here, and what concerns you still waits on your page.
letters-end-do = No more letters
told-letters-ended = No more letters about that event reach you
asked-title = How did it go?
asked-lead = You said that you would do this: { $what }
asked-state-open = I am still at it
asked-state-done = It is done
asked-state-dropped = It will not be done
asked-do = Say so
letter-mark = write your answer above this line
letter-said-subject = { $site }: { $title }
letter-said =
    { $name } said of “{ $title }”:

    { $words }

    Read it, and answer there:

    { $address }

    No more letters about this event:

    { $leave }
letter-back-subject = { $site }: what came of { $title }
letter-back =
    A month ago you were at “{ $title }”. This came of it so far:

    { $counts }

    { $yours }{ $asked }Read it all, and say what is missing:

    { $address }

    No more letters about this event:

    { $leave }
letter-back-done = { $n ->
    [one] 1 thing is done.
   *[other] { $n } things are done.
}
letter-back-open = { $n ->
    [one] 1 thing is still to be done.
   *[other] { $n } things are still to be done.
}
letter-back-dropped = { $n ->
    [one] 1 thing was dropped.
   *[other] { $n } things were dropped.
}
letter-back-yours = You said that you would do this:

    { $actions }
letter-back-asked = You run this event: write down what was found and decided while people remember.
letter-back-nobodys = { $n ->
    [0] Everything open has somebody who does it.
    [one] 1 thing has nobody who does it.
   *[other] { $n } things have nobody who does them.
}
came-of-it = What came of it
came-records = What the notes became
came-so-far-open = { $n ->
    [0] Nothing is left open.
    [one] 1 thing is still to be done.
   *[other] { $n } things are still to be done.
}
came-so-far-done = { $n ->
    [0] Nothing is done yet.
    [one] 1 thing is done.
   *[other] { $n } things are done.
}
