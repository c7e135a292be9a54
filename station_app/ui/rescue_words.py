"""What the window of a rescue says about what was found."""

from station_app.services.rescue_desk import Findings


def found_words(findings: Findings) -> str:
    """Return which backup there is and what the file itself still tells."""
    backup, damage = findings.backup, findings.damage
    if backup is not None:
        counts = findings.contents.counts if findings.contents else {}
        held = f"接待 {counts.get('visits', 0)} 批、意见 {counts.get('opinions', 0)} 件、代表 {counts.get('deputies', 0)} 人"
        proven = "已验证" if backup.proven else "未验证"
        first = f"最近可用的备份：{backup.at:%Y-%m-%d %H:%M}（{proven}），里面有{held}。"
    elif findings.possible:
        none = _passed_over(findings) or "登记簿旁边没有备份，"
        first = f"{none}但文件自己的操作记录还读得出来，可以照着它一步一步重新登记。"
    else:
        return (
            f"{_passed_over(findings) or '登记簿旁边没有备份，'}文件里的内容也读不出来。\n"
            "请在U盘、别的电脑上找找这个登记簿的备份（扩展名 .station），插好U盘后点“下一步”选它。\n"
            "这个文件请原样留好；实在找不到备份，可以交给技术人员。"
        )
    newer = len(damage.steps)
    since = "备份之后的操作记录里" if backup is not None else "操作记录里"
    more = f"{since}读出 {newer} 步，其中 {damage.readable} 步能找回。" if newer else newer_words(findings, 0)
    return f"{first}\n{more}"


def _passed_over(findings: Findings) -> str:
    if not findings.passed_over:
        return ""
    return f"旁边的 {findings.passed_over} 份备份用不上（用的是别的密码、已损坏，或对不上；知道当时密码的，下一步可以选），"


def newer_words(findings: Findings, unwanted: int) -> str:
    """Return how many of the newer steps come back, or why none does.

    Args:
        unwanted: how many the clerk does not want.
    """
    damage = findings.damage
    if damage.parted:
        return "这份备份之后，登记簿恢复过更早的备份，两边的记录接不上：只能恢复到这份备份为止。"
    if damage.unreadable:
        return "备份之后登记的内容读不出来了，只能恢复到这份备份为止。"
    if not damage.steps:
        return "备份之后没有读出新的登记。"
    lost = len(damage.steps) - damage.readable
    since = "备份之后" if findings.backup is not None else "一共"
    back = f"{since}登记了 {len(damage.steps)} 步，将找回 {damage.readable - unwanted} 步"
    return back + (f"，{lost} 步找不回来。" if lost else "。")
