//! Who is asking, and what they may see and do.

use web::Access;

/// A person's id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonId(pub String);
db::newtype!(PersonId: String);

/// An organisation's id, inside the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OrganisationId(pub String);
db::newtype!(OrganisationId: String);

/// What somebody is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Changes shared text.
    Contributor,
    /// Runs events, lets people in by link.
    Facilitator,
    /// Works for a body.
    Officer,
    /// Leads people in a body.
    Manager,
    /// Leads a body.
    ChiefOfficer,
    /// Is elected to a body.
    Councillor,
    /// Works with bodies.
    Partner,
    /// Keeps the place in order.
    Steward,
    /// Answers for the place: settings, people, data.
    Owner,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Contributor,
        Self::Facilitator,
        Self::Officer,
        Self::Manager,
        Self::ChiefOfficer,
        Self::Councillor,
        Self::Partner,
        Self::Steward,
        Self::Owner,
    ];

    /// As stored and typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Facilitator => "facilitator",
            Self::Officer => "officer",
            Self::Manager => "manager",
            Self::ChiefOfficer => "chief-officer",
            Self::Councillor => "councillor",
            Self::Partner => "partner",
            Self::Steward => "steward",
            Self::Owner => "owner",
        }
    }

    /// The role of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// How they want to be called.
    pub name: String,
    /// What they are here.
    pub role: Role,
    /// Which of their sign-ins this is.
    pub sign_in: String,
    /// The bodies where they work, as somebody confirmed.
    pub bodies: Vec<OrganisationId>,
}

/// Who is asking. Nothing is fetched without one.
#[derive(Clone, Debug)]
pub enum Viewer {
    /// Somebody without an account, or not signed in.
    Visitor,
    /// Somebody signed in.
    Person(Person),
}

impl Viewer {
    /// The person, if signed in.
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Visitor => None,
            Self::Person(person) => Some(person),
        }
    }

    /// Whether records for members may be shown: bound where statements ask for it.
    pub fn is_member(&self) -> bool {
        self.person().is_some()
    }

    /// The person's id, or nothing: bound where statements ask whose a record is.
    pub fn id(&self) -> &str {
        self.person().map_or("", |person| &person.id.0)
    }

    /// Whether this viewer works at this body, as somebody confirmed.
    pub fn works_at(&self, body: &OrganisationId) -> bool {
        self.person()
            .is_some_and(|person| person.bodies.contains(body))
    }

    /// Whether this viewer may use a route.
    pub fn may(&self, access: Access) -> bool {
        match (access, self.person().map(|person| person.role)) {
            (Access::Anyone, _) | (Access::SignedIn | Access::Contributor, Some(_)) => true,
            (_, None) => false,
            (Access::Steward, Some(role)) => matches!(role, Role::Steward | Role::Owner),
            (Access::Owner, Some(role)) => role == Role::Owner,
        }
    }

    /// Whether this viewer keeps the place in order.
    pub fn is_steward(&self) -> bool {
        self.may(Access::Steward)
    }

    /// Whether this viewer answers for the place.
    pub fn is_owner(&self) -> bool {
        self.may(Access::Owner)
    }

    /// The marks an indexed document must carry one of to be found by this viewer.
    pub fn seen_by(&self) -> Vec<String> {
        let mut marks = vec!["public".to_owned()];
        if let Some(person) = self.person() {
            marks.push("members".to_owned());
            marks.push(format!("person:{}", person.id.0));
            marks.extend(person.bodies.iter().map(|body| format!("body:{}", body.0)));
        }
        marks
    }
}

/// Who may see a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Everybody signed in.
    Members,
    /// The people of bodies that its author names.
    NamedBodies,
    /// The people of one body, where its author works.
    OwnOrganisation,
    /// Its author alone.
    OnlyMe,
}

impl Visibility {
    /// All of them, the widest first.
    pub const ALL: [Self; 5] = [
        Self::Public,
        Self::Members,
        Self::NamedBodies,
        Self::OwnOrganisation,
        Self::OnlyMe,
    ];
    /// Those that need no body.
    pub const PLAIN: [Self; 3] = [Self::Public, Self::Members, Self::OnlyMe];

    /// As stored and sent by forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Members => "members",
            Self::NamedBodies => "bodies",
            Self::OwnOrganisation => "own-organisation",
            Self::OnlyMe => "only-me",
        }
    }

    /// Whether it is for the people of bodies alone.
    pub fn is_for_bodies(self) -> bool {
        matches!(self, Self::NamedBodies | Self::OwnOrganisation)
    }

    /// The visibility of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|visibility| visibility.name() == name)
    }
}

/// Whether words may be repeated on a page: nobody reads them there who may not read them here. Both
/// come with the bodies that may read them.
pub fn may_be_repeated(
    (words, may_read): (Visibility, &[String]),
    (page, readers): (&str, &[String]),
) -> bool {
    let Some(page) = Visibility::parse(page) else {
        return false;
    };
    match words {
        Visibility::Public => true,
        Visibility::Members => page != Visibility::Public,
        Visibility::NamedBodies | Visibility::OwnOrganisation => {
            page == Visibility::OnlyMe
                || page.is_for_bodies() && readers.iter().all(|body| may_read.contains(body))
        }
        Visibility::OnlyMe => page == Visibility::OnlyMe,
    }
}
