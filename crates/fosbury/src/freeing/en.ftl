# Which hurdle, once cleared, frees most others here.
freeing-title = Which hurdle frees most others
freeing-lead = Some hurdles stand only because another does. Clear that one first, and others fall with it.
freeing-choose = Choose your organisation to see what it frees there
freeing-cleared = { $n ->
    [one] 1 hurdle that it has cleared counts as freed and is left out.
   *[other] { $n } hurdles that it has cleared count as freed and are left out.
}
freeing-none = No hurdle frees another here yet
freeing-none-why = Nobody has written down which hurdle hangs on which. Do you know of one that must be cleared before another? Open that other one, edit it, and give the first one’s number under “Depends on”.
freeing-none-left = What others hung on is cleared here. The rest can be taken one by one.
freeing-all-hurdles = All hurdles
freeing-picture = The hurdles that free most, and some of those they free. An arc leads from a hurdle to one that can be cleared after it. The list below says the same in words.
freeing-picture-frees = { $n ->
    [one] frees 1
   *[other] frees { $n }
}
freeing-list = First things first
freeing-frees = { $n ->
    [one] Clearing it frees 1 other
   *[other] Clearing it frees { $n } others
}
freeing-faced = { $n ->
    [one] , 1 of them faced here
   *[other] , { $n } of them faced here
}
freeing-faced-mark = faced here
freeing-itself-faced = It is faced here itself.
freeing-more = { $n ->
    [one] and 1 more
   *[other] and { $n } more
}
freeing-left-out = { $n ->
    [one] 1 more frees fewer; the table has it.
   *[other] { $n } more free fewer; the table has them.
}
freeing-circles = Round in a circle
freeing-circles-why = Each of these waits for the others, so none can come first. Begin wherever it is easiest: whichever gives way helps all of them. Or perhaps one of them does not really depend on the next?
freeing-how = How this is counted
freeing-how-hangs = A hurdle counts if it names the first under “Depends on”, or names one that hangs on the first in turn, and so on. It may hang on others as well: then clearing the first is a step, not the end.
freeing-how-order = The list is ordered by how many are faced here, then by how many there are in all, then by how many depend on it directly.
freeing-how-here = “Here” is the organisation that you chose: what it says it has cleared counts as freed, and what it says it faces counts first. Only what has been confirmed counts. Open a number to see which hurdles it stands for.
freeing-of = What hangs on: { $title }
freeing-is-cleared = It has cleared this one; what hung on it is free of it.
freeing-nothing-hangs = No other hurdle is known to hang on this one.
freeing-directly = Directly
freeing-in-turn = In turn
freeing-through = through “{ $title }”
freeing-see = All that hangs on it, in turn as well
freeing-link = Which hurdle frees most others
