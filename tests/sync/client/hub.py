"""A tiny server in memory: merges, counts commits, keeps the ratchet; no decisions, no proofs."""

from sync.merge import merge
from sync.protocol import MAX_RECORDS, Problem, Refusal, SyncAnswer, SyncAsk

SERVER_MS = 1_795_430_000_000


class Hub:
    """One hub of a server. ``breaks_on``, ``refuses``: ids of records; ``most``: of a push."""

    def __init__(self):
        self.rows, self.seqs, self.seq = {}, {}, 0
        self.tags, self.tagged = {0: "0"}, 0  # a tag is never given twice, whatever is restored
        self.heard = {}
        self.breaks_on, self.refuses, self.most = set(), set(), MAX_RECORDS
        self.asks = []

    @property
    def cursor(self):
        return f"{self.seq}.{self.tags[self.seq]}"

    def sync(self, ask: SyncAsk, device="d") -> SyncAnswer | tuple[int, Problem]:
        """Return the answer, or a status and a problem."""
        self.asks.append(ask)
        if problem := self._problem(ask, device):
            return 409, Problem(problem, now=SERVER_MS, token="copy" if problem == "fork" else "")
        if len(ask.push) > self.most:
            return 413, Problem("too_large")
        if any(one["id"] in self.breaks_on for one in ask.push):
            return 500, Problem("broken")
        self.heard[device] = ask.word
        refused = [one for one in ask.push if one["id"] in self.refuses]
        changed = self.take([one for one in ask.push if one not in refused])
        return self._answer(ask, changed, [Refusal(o["kind"], o["id"], "scope") for o in refused])

    def take(self, push):
        """Merge in one commit; return the keys that the merge left as they were pushed."""
        same = set()
        if push:
            self.seq, self.tagged = self.seq + 1, self.tagged + 1
            self.tags[self.seq] = str(self.tagged)
        for one in push:
            key = one["kind"], one["id"]
            was = self.rows.get(key)
            both = merge(was, one) if was else one
            if both == one:
                same.add(key)
            if both != was:
                self.rows[key], self.seqs[key] = both, self.seq
        return same

    def restore(self, backup):
        """Go back to an earlier copy; the commits after it are lost."""
        self.rows, self.seqs, self.tags, self.heard = (dict(part) for part in backup[:4])
        self.seq = backup[4]

    def copy(self):
        return dict(self.rows), dict(self.seqs), dict(self.tags), dict(self.heard), self.seq

    def _problem(self, ask, device):
        heard, word = self.heard.get(device), ask.word
        number, known = (heard.number, heard.next) if heard else (0, "")
        if word.number > number + 1:
            self.heard[device] = word
            return "reset"
        seq, _, tag = ask.cursor.partition(".")
        if ask.cursor and self.tags.get(int(seq)) != tag:
            return "reset"
        if word == heard or (word.number == number + 1 and word.known == known):
            return ""
        return "fork"

    def _answer(self, ask, same, refused):
        since = int(ask.cursor.partition(".")[0] or 0)
        new = sorted((seq, key) for key, seq in self.seqs.items() if seq > since)
        page, until = [], self.seq
        for nth, (seq, key) in enumerate(new):
            if nth >= ask.limit and seq != new[nth - 1][0]:
                until = new[nth - 1][0]
                break
            if key not in same:
                page.append(self.rows[key])
        more = until < self.seq
        return SyncAnswer(SERVER_MS, f"{until}.{self.tags[until]}", more, page, refused)
