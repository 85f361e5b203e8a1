/// One kind of answer that Slurm gives, on which a family is based.
public enum Feed: String, CaseIterable, Sendable {
    case jobs, nodes, partitions, reservations, licenses, diag, ping, shares
    case accounting, associations, qos, dbd, clusters, tres, wckeys
}
