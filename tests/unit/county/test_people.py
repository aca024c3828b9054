"""Who works in the sample county: invented people, seats for every centre, nobody asleep on duty."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from console.demo.county import County
from console.demo.people import roster
from models.vocabulary import Level, Position, StaffKind


class TestPeople:
    def test_every_grid_has_its_worker_and_every_community_its_head(self, county: County) -> None:
        workers = Counter(row.grid_code for row in county.staff if row.grid_code)
        assert set(workers) == set(county.grid)
        heads = [row.organisation_code for row in county.staff if row.kind is StaffKind.HEAD]
        assert sorted(heads) == [row.code for row in county.at(Level.COMMUNITY)]
        assert {row.kind for row in county.staff} == set(StaffKind)
        assert 1500 <= len(county.staff) <= 1700

    def test_nobody_can_be_taken_for_somebody_real(self, county: County) -> None:
        assert all(re.fullmatch(r"DEMO-\d{4}", row.code) for row in county.staff)
        assert all(re.fullmatch(r"199-0000-\d{4}", row.phone) for row in county.staff)
        for some in ([row.code for row in county.staff], [row.phone for row in county.staff]):
            assert len(set(some)) == len(some)

    def test_twenty_seats_and_the_desks(self, county: County) -> None:
        seats = [row for row in county.operators if Position.SEAT in row.positions]
        where = Counter(county.organisation[row.organisation_code].level for row in seats)
        assert where == {Level.COUNTY: 8, Level.TOWNSHIP: 12}
        units = {row.organisation_code for row in county.operators if Position.UNIT in row.positions}
        assert units >= {row.code for row in county.at(Level.DEPARTMENT)}
        single = Counter(position for row in county.operators for position in row.positions)
        assert (single[Position.WALL], single[Position.WORKER], single[Position.ADMIN]) == (1, 1, 1)

    def test_every_seat_can_be_called(self, county: County) -> None:
        called = {(row.name, row.organisation_code) for row in county.staff if row.phone}
        seats = {
            (row.name, row.organisation_code) for row in county.operators if Position.SEAT in row.positions
        }
        assert seats <= called

    def test_every_centre_has_a_supervisor(self, county: County) -> None:
        led = {row.organisation_code for row in county.operators if Position.SUPERVISOR in row.positions}
        assert led == {row.code for row in county.centres}

    def test_logins_are_unique_and_grid_workers_are_staff(self, county: County) -> None:
        logins = [row.login for row in county.operators]
        assert len(set(logins)) == len(logins)
        walkers = [row for row in county.operators if row.grid_code]
        employed = {(row.name, row.grid_code) for row in county.staff}
        assert len(walkers) == 10
        assert len({row.organisation_code for row in walkers}) == 10
        assert walkers[0].grid_code == "130123201204002"
        assert {(row.name, row.grid_code) for row in walkers} <= employed


class TestRoster:
    DAYS = tuple(date(2026, 2, 27) + timedelta(days=n) for n in range(6))

    def test_every_centre_is_staffed_or_covered_at_every_minute(self, county: County) -> None:
        shifts = roster(county.operators, self.DAYS)
        for centre in county.centres:
            spans = sorted((s.starts, s.ends) for s in shifts if s.organisation_code == centre.code)
            edge = spans[0][0]
            for starts, ends in spans:
                assert starts <= edge, f"nobody for {centre.name} at {edge}"
                edge = max(edge, ends)
            assert edge - spans[0][0] >= timedelta(days=len(self.DAYS))

    def test_townships_sleep_and_the_county_covers_them(self, county: County) -> None:
        covers = [
            s for s in roster(county.operators, self.DAYS) if s.organisation_code != s.by_organisation_code
        ]
        assert {s.organisation_code for s in covers} == {row.code for row in county.at(Level.TOWNSHIP)}
        assert {(s.by_organisation_code, s.operator_login) for s in covers} == {("130123", None)}
        assert {(s.starts.hour, s.ends.hour) for s in covers} == {(20, 8)}

    def test_nobody_stands_two_turns_running(self, county: County) -> None:
        turns = sorted(
            (s.operator_login or "", s.starts, s.ends)
            for s in roster(county.operators, self.DAYS)
            if s.organisation_code == "130123"
        )
        for before, after in pairwise(turns):
            assert before[0] != after[0] or before[2] < after[1]
