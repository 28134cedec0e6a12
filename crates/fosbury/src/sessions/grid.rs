//! The grid of an event: days, times and rooms, each with its session or room for one.

use super::model::Session;

/// A day of the grid.
#[derive(Debug, PartialEq, Eq)]
pub struct Day {
    /// Such as `2026-05-03`.
    pub date: String,
    /// Its rooms, by name; one without a name stands for sessions that say none.
    pub rooms: Vec<String>,
    /// Its times, each with a cell for each room.
    pub slots: Vec<Slot>,
}

/// A time of the grid.
#[derive(Debug, PartialEq, Eq)]
pub struct Slot {
    /// Such as `10:00`.
    pub starts: String,
    /// What is on in each room, in the order of the day's rooms.
    pub cells: Vec<Vec<Session>>,
}

/// The grid of these sessions.
pub fn grid(sessions: &[Session]) -> Vec<Day> {
    let mut days: Vec<String> = sessions.iter().map(|one| one.day.clone()).collect();
    days.sort();
    days.dedup();
    let of_day = |date: String| {
        let here: Vec<&Session> = sessions.iter().filter(|one| one.day == date).collect();
        let each = |of: fn(&Session) -> &String| {
            let mut all: Vec<String> = here.iter().map(|one| of(one).clone()).collect();
            all.sort();
            all.dedup();
            all
        };
        let rooms = each(|one| &one.room);
        let slot = |starts: String| {
            let cells = rooms.iter().map(|room| {
                let cell = here.iter().copied();
                let cell = cell.filter(|one| one.starts == starts && one.room == *room);
                cell.cloned().collect()
            });
            Slot {
                cells: cells.collect(),
                starts,
            }
        };
        let slots = each(|one| &one.starts).into_iter().map(slot).collect();
        Day { date, rooms, slots }
    };
    days.into_iter().map(of_day).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(day: &str, starts: &str, room: &str, title: &str) -> Session {
        Session {
            day: day.to_owned(),
            starts: starts.to_owned(),
            room: room.to_owned(),
            title: title.to_owned(),
            ..Session::default()
        }
    }

    #[test]
    fn a_grid_has_a_cell_for_each_time_and_room_of_a_day() {
        let days = grid(&[
            session("2026-05-04", "09:00", "Hall", "Last"),
            session("2026-05-03", "11:00", "A", "Second"),
            session("2026-05-03", "10:00", "B", "First"),
        ]);
        assert_eq!(days.len(), 2);
        assert_eq!(days[0].rooms, ["A", "B"]);
        let told: Vec<Vec<usize>> = days[0]
            .slots
            .iter()
            .map(|slot| slot.cells.iter().map(Vec::len).collect())
            .collect();
        assert_eq!(told, [[0, 1], [1, 0]]);
    }
}
