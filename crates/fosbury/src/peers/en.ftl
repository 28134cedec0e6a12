# Who is like whom, and groups of organisations that people keep.
peers = Similar organisations
peers-title = Organisations like { $name }
peers-see = Which organisations are like it?
peers-nearest = Most like it:
peers-lead = { $n ->
    [one] The 1 organisation of its kind that is nearest to it, with the figures that say so.
   *[other] The { $n } organisations of its kind that are nearest to it, with the figures that say so.
}
peers-caption = Nearest first, beside its own figures
peers-how-like = How like it
peers-itself = itself
peers-like-very = Very like it
peers-like-much = Much like it
peers-like-somewhat = Somewhat like it
peers-like-little = Not very like it
measure-low-deprivation = People in the least deprived places
measure-high-deprivation = People in the most deprived places
measure-density = People for each square kilometre
measure-population = People who live there
peers-most-alike = Most alike in
peers-differs-most = Differs most in
reason-low-deprivation = least deprived places
reason-high-deprivation = most deprived places
reason-density = how dense it is
reason-population = how many people
peers-numbers = The numbers
peers-numbers-lead = How far apart two organisations are, in standard deviations of their kind: over all figures, and in each.
peers-numbers-h = Half of the distances between an organisation of this kind and its ten nearest are shorter than { $h }.
peers-numbers-caption = Distances, nearest first
peers-distance = Distance
peers-how = How is this worked out?
peers-how-measures = Organisations of one kind are compared by four figures x: the share of people in the least deprived places, the share in the most deprived places, the logarithm of people for each square kilometre, and the logarithm of people who live there. By logarithms, a town of 20,000 is as far from one of 10,000 as a city of 200,000 from one of 100,000.
peers-how-z = Each figure is put on one scale within the kind: z = (x − mean) / standard deviation, over all of the kind that have every figure.
peers-how-d = The distance between two is d = √Σ (z − z′)². The ten with the smallest distance are shown, and they are “like yours” wherever these pages count what worked.
peers-how-words = With h, the median distance between an organisation of the kind and its ten nearest: very like it up to ½·h, much like it up to h, somewhat like it up to 2·h.
peers-how-none = Where a figure is missing, or fewer than 5 are of a kind, nothing is worked out, and the others of its kind in its nation take their place. This is an open method, worked out here from open figures.
peers-none-missing = { $name } cannot be compared, because something is not known here: { $figures }.
peers-missing-low-deprivation = the share of people in the least deprived places
peers-missing-high-deprivation = the share of people in the most deprived places
peers-missing-density = people for each square kilometre
peers-missing-population = people who live there
peers-none-few = { $n ->
    [one] It is the only one of its kind here, so there is nothing to compare it with.
   *[other] Only { $n } of its kind are known here. Fewer than 5 are too few to compare.
}
peers-none-others = No other of its kind has all the figures, so it cannot be compared.
peers-none-ended = { $name } is no more, so it is not compared.
peers-none-ended-on = { $name } ended on { $day }, so it is not compared.
peers-of-followers = See who is like those that followed it:
peers-instead = { $n ->
    [one] Instead, the other one of its kind is counted as like it:
   *[other] Instead, the other { $n } of its kind are counted as like it:
}
peers-instead-in = Instead, the others of its kind in { $nation } are counted as like it, { $n } in number:
peers-instead-none = Nobody else is counted as like it.
peers-sources = Where these figures come from
peers-source-read = { $source }, read here on { $day }
peers-source-none = Not noted when it was read
peers-api = For programs (JSON)

groups = Groups of organisations
groups-of-body = Groups that people keep
groups-lead = Some organisations belong together for a reason that no figure shows: neighbours, or those who meet. Their people keep such groups here.
groups-all = All groups
groups-more = The next groups
groups-none = No group is kept here yet.
groups-none-here = It is in no group yet.
groups-begin-where = Who works at an organisation begins a group on its page of similar organisations.
group-begin = Begin a group
group-begin-lead = Who works at { $name } keeps it, and { $name } is its first organisation. You add the others next. Everybody can read it.
group-begin-do = Begin it
group-name = Name of the group
group-name-hint = Such as “Northshire neighbours” or “The five we meet with”
group-why = Why, in a line
group-why-hint = What they have in common
group-kept-by = kept by { $name }
group-kept-by-people = Kept by people who work at
group-changed-by = Last changed by { $who } on { $day }.
group-changed-on = Last changed on { $day }.
group-is-removed = This group was removed. Only stewards see it, and can bring it back.
group-empty = There is no organisation in it yet.
group-empty-yours = Add the first.
group-leave = Take our organisation out
group-edit = Change it
group-edit-title = Change { $name }
group-add = Add organisations
group-find = Name of the organisation
group-find-do = Find it
group-found = Found
group-found-none = No organisation is called “{ $words }”. Write less of its name.
group-is-in = is in the group
group-add-do = Add
group-add-follower = Add { $name }, which followed it
group-take-out = Take out
group-words = Its name and why
group-keep = Keep these words
group-done = Back to the group
group-remove = Remove the group
group-remove-what = It is gone from all pages, and its name is free. A steward can bring it back.
group-remove-sure = Remove it
group-changes = What was changed
group-bring-back = Make it so again
group-was-begun = begun as “{ $what }”
group-was-renamed = its words changed: “{ $what }”
group-was-added = { $what } added
group-was-taken-out = { $what } taken out
group-was-removed = the group removed
group-was-brought-back = made again as it was on { $what }
wrong-group-name = Give the group a name of at most { $most } letters
wrong-group-why = Say why in a line of at most { $most } letters
wrong-group-taken = There is a group called “{ $name }” already. Give it another name
wrong-group-many = The people of one organisation keep at most { $most } groups. Remove one first
wrong-group-full = A group has at most { $most } organisations. Take one out first
wrong-group-nobody = Write the name of an organisation first
wrong-group-twice = { $name } is in the group already
narrow-group = Group

told-group-begun = The group is begun. Add the organisations that belong to it.
told-group-kept = The group's words are kept.
told-group-body-added = The organisation is in the group.
told-group-body-out = The organisation is out of the group.
told-group-removed = The group is removed.
told-group-brought-back = The group is again as it was.
