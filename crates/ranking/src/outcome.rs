//! What came of trials, and how one body's are counted together.

/// What came of a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// It did what it was for.
    Worked,
    /// It did some of it.
    Partly,
    /// Nothing changed.
    NoEffect,
    /// Things got worse.
    Worse,
    /// It was stopped before anybody could say.
    Stopped,
    /// It is too early to say.
    TooEarly,
}

impl Outcome {
    /// All of them, the best first.
    pub const ALL: [Self; 6] = [
        Self::Worked,
        Self::Partly,
        Self::NoEffect,
        Self::Worse,
        Self::Stopped,
        Self::TooEarly,
    ];

    /// As stored and sent by forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Partly => "partly",
            Self::NoEffect => "no-effect",
            Self::Worse => "worse",
            Self::Stopped => "stopped",
            Self::TooEarly => "too-early",
        }
    }

    /// The outcome of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// y: 1 where it worked, ½ where partly, 0 where it did not; none where nobody can say yet.
    pub fn success(self) -> Option<f64> {
        match self {
            Self::Worked => Some(1.0),
            Self::Partly => Some(0.5),
            Self::NoEffect | Self::Worse => Some(0.0),
            Self::Stopped | Self::TooEarly => None,
        }
    }
}

/// The trials of one solution by one body, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many worked.
    pub worked: i64,
    /// How many worked partly.
    pub partly: i64,
    /// How many changed nothing.
    pub no_effect: i64,
    /// How many made it worse.
    pub worse: i64,
    /// How many were stopped.
    pub stopped: i64,
    /// How many are too early to tell.
    pub too_early: i64,
    /// When the newest was told.
    pub newest: i64,
}

/// What a body's trials say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Mostly worked.
    Worked,
    /// Worked at times, or in part.
    Partly,
    /// Never worked.
    DidNot,
}

impl Tally {
    /// A tally of one trial.
    pub fn one(outcome: Outcome, at: i64) -> Self {
        let mut tally = Self::default();
        tally.add(outcome, at);
        tally
    }

    /// Counts one more.
    pub fn add(&mut self, outcome: Outcome, at: i64) {
        *self.slot(outcome) += 1;
        self.newest = self.newest.max(at);
    }

    /// Counts another tally in.
    pub fn merge(&mut self, other: &Self) {
        for outcome in Outcome::ALL {
            *self.slot(outcome) += other.of(outcome);
        }
        self.newest = self.newest.max(other.newest);
    }

    /// How many came out so.
    pub fn of(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::Worked => self.worked,
            Outcome::Partly => self.partly,
            Outcome::NoEffect => self.no_effect,
            Outcome::Worse => self.worse,
            Outcome::Stopped => self.stopped,
            Outcome::TooEarly => self.too_early,
        }
    }

    /// How many there are.
    pub fn trials(&self) -> i64 {
        Outcome::ALL.into_iter().map(|one| self.of(one)).sum()
    }

    /// How many count: not those stopped, nor those too early to tell.
    pub fn decided(&self) -> i64 {
        self.worked + self.partly + self.no_effect + self.worse
    }

    /// The mean y of those that count.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a body tells fewer than 2^52 trials"
    )]
    pub fn mean(&self) -> Option<f64> {
        let decided = self.decided();
        let sum = self.worked as f64 + 0.5 * self.partly as f64;
        (decided > 0).then(|| sum / decided as f64)
    }

    /// What they say together: worked where the mean is above ½, partly where it is above 0.
    pub fn verdict(&self) -> Option<Verdict> {
        let decided = self.decided();
        let halves = 2 * self.worked + self.partly;
        match () {
            () if decided == 0 => None,
            () if halves > decided => Some(Verdict::Worked),
            () if halves > 0 => Some(Verdict::Partly),
            () => Some(Verdict::DidNot),
        }
    }

    fn slot(&mut self, outcome: Outcome) -> &mut i64 {
        match outcome {
            Outcome::Worked => &mut self.worked,
            Outcome::Partly => &mut self.partly,
            Outcome::NoEffect => &mut self.no_effect,
            Outcome::Worse => &mut self.worse,
            Outcome::Stopped => &mut self.stopped,
            Outcome::TooEarly => &mut self.too_early,
        }
    }
}
