# Backups, and taking everything away.
backups = Backups
backups-lead = A backup is one file with everything in it. With one you can bring this place back after a broken disk, a mistake or an attack.
backups-none-set = This place makes no backups by itself
backups-none-set-do = Give it a folder, best on another disk: write these two lines into fosbury.toml and start Fosbury again.
backups-none-yet = No backup has been made yet
backups-none-yet-do = One comes by itself { $every }. You can make the first now.
backups-old = The newest backup is too old
backups-old-do = It is { $age } old, and one should come { $every }. Look whether the folder { $folder } can be written and has room, then make one now.
backups-trouble = The last try failed
backups-trouble-do = It said: { $words } Mend that, then make one now.
backups-good = Backups are made by themselves
backups-good-do = The newest is { $age } old. One comes { $every }, the newest { $keep } are kept in { $folder }.
age-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
age-hours = { $n ->
    [one] 1 hour
   *[other] { $n } hours
}
age-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
every-minutes = { $n ->
    [one] every minute
   *[other] every { $n } minutes
}
every-hours = { $n ->
    [one] every hour
   *[other] every { $n } hours
}
every-days = { $n ->
    [one] every day
   *[other] every { $n } days
}
backup-now = Make a backup now
n-backups = { $n ->
    [one] 1 backup
   *[other] { $n } backups
}
backups-none = None are here yet.
backup-made = Made
backup-size = Size
backup-proved = Verified
backup-is-proved = Yes: restored elsewhere, every page compared
backup-not-proved = Not yet
backup-file = File
backups-prove = To verify one yourself: fosbury backup verify FILE. To bring one back: fosbury restore FILE. Keep one copy away from this machine.
told-backup-begun = The backup is being made. Load this page again in a minute.
take-away = Take everything away
take-away-lead = All pages with their histories, people and attachments, as files that need no Fosbury to be read, and that another Fosbury can read back.
take-away-do = On the machine that runs Fosbury, type:
take-away-whole = What it writes is whole: pages that not everybody may read, people's names and mail addresses. Keep it as safe as this place.
