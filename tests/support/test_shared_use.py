"""Many may use a thing at a time; whoever changes it waits for them, and they for the change."""

import threading

from station_app.support.shared_use import SharedUse


def test_a_change_waits_for_users_and_users_for_the_change() -> None:
    shared = SharedUse()
    told: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def use() -> None:
        with shared.using(), shared.using():
            inside.set()
            assert leave.wait(10)
            told.append("left")

    def change() -> None:
        with shared.changing():
            told.append("changed")

    user, changer = threading.Thread(target=use), threading.Thread(target=change)
    user.start()
    assert inside.wait(10)
    changer.start()
    with shared.using():  # a second user never waits for the first
        assert told == []
    leave.set()
    for thread in (user, changer):
        thread.join(10)
    assert told == ["left", "changed"]
    with shared.using():
        told.append("again")
    assert told[-1] == "again"
