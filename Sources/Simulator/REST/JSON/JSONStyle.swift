/// How slurmrestd's serializer lays text out: `SLURMRESTD_JSON`.
public enum JSONStyle: String, CaseIterable, Sendable {
    case compact, pretty
}
