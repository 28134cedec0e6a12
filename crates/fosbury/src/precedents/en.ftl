# Who went before: a body's line of time, and who got over a hurdle.
precedents-see = Who got over it
precedents-title = Who got over it: { $title }
precedents-for = Those most like { $body } come first.
precedents-for-anybody = The newest come first.
precedents-choose = Choose your organisation to see those most like it first
precedents-like-yours = like yours
precedents-cleared = Cleared by { $on }.
precedents-cleared-since = Known there since { $since }, cleared by { $on }.
precedents-how-long = How long it took was not told.
precedents-no-trial = How they did it was not told.
precedents-none = Nobody has said yet that they got over it. Have you?
precedents-on-the-way = { $n ->
    [one] 1 organisation is on the way or stuck.
   *[other] { $n } organisations are on the way or stuck.
}
took-days = { $n ->
    [one] It took a day.
   *[other] It took { $n } days.
}
took-weeks = It took about { $n } weeks.
took-months = It took about { $n } months.
took-years = { $n ->
    [one] It took about a year.
   *[other] It took about { $n } years.
}
line-of = { $body } over time
line-heading = Its hurdles
line-see = Over time
line-all-services = All services
line-none = Nothing was told of it yet. Find a hurdle that is known there and say “It happens here too”.
line-find = Find a hurdle
line-began = Began to try something
line-facing = Faces
line-trying = Is trying something on
line-stuck = Is stuck with
line-cleared = Got over, the first one first
