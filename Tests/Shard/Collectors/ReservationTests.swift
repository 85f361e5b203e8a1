import Slurm
import Testing

@testable import Collectors

struct ReservationTests {
    private let records = Records()

    private func reservation(
        _ name: String, _ start: Int64, _ end: Int64, cpus: Int? = nil,
        _ adjust: (inout ReservationRecord) -> Void = { _ in }
    ) -> ReservationRecord {
        var reservation = ReservationRecord()
        reservation.name = records.symbols.intern(name)
        reservation.start = Timestamp(start)
        reservation.end = Timestamp(end)
        reservation.resources.cpus = cpus
        adjust(&reservation)
        return reservation
    }

    /// The time is 2000.
    private func text(_ reservations: [ReservationRecord], nodes: [NodeRecord] = []) -> Exposition {
        Collector.text(.reservations, Generation(nodes: nodes, reservations: reservations), records.symbols)
    }

    @Test(arguments: [
        (1000, 3000, "active", " 1000"), (2000, 2001, "active", " 1"), (1000, 2000, "inactive", nil),
        (2001, 3000, "inactive", nil),
    ])
    func aReservationIsActiveFromItsBeginToItsEnd(_ start: Int64, _ end: Int64, _ state: String, _ remaining: String?) {
        let text = text([reservation("r", start, end)])
        #expect(text.all("slurm_reservation_state") == [#"{reservation="r",state="\#(state)"} 1"#])
        #expect(
            text.all("slurm_reservation_remaining_seconds") == (remaining.map { [#"{reservation="r"}"# + $0] } ?? []))
        #expect(text.all("slurm_reservation_start_time_seconds") == [#"{reservation="r"} \#(start)"#])
        #expect(text.all("slurm_reservation_end_time_seconds") == [#"{reservation="r"} \#(end)"#])
        #expect(text.all("slurm_reservation_duration_seconds") == [#"{reservation="r"} \#(end - start)"#])
    }

    @Test func whatAReservationIsAndHas() {
        let maintenance = reservation("maint", 1000, 3000, cpus: 64) { reservation in
            reservation.nodes = 2
            reservation.cores = 32
            reservation.partition = records.symbols.intern("main")
            reservation.users = records.names(["root", "ann"])
            reservation.accounts = records.names(["-physics"])
            reservation.flags = records.names(["MAINT", "IGNORE_JOBS"])
            reservation.resources.memoryBytes = 1 << 30
            reservation.resources.gpus = records.gpus(["h100": 3, "": 1])
        }
        let text = text([maintenance])
        let info =
            #"{reservation="maint",state="active",partition="main",users="root,ann",accounts="-physics","#
            + #"flags="MAINT,IGNORE_JOBS"} 1"#
        #expect(text.all("slurm_reservation_info") == [info])
        #expect(text.all("slurm_reservation_nodes") == [#"{reservation="maint"} 2"#])
        #expect(text.all("slurm_reservation_cores") == [#"{reservation="maint"} 32"#])
        #expect(
            text.all("slurm_reservation_tres") == [
                #"{reservation="maint",tres="cpu"} 64"#, #"{reservation="maint",tres="gres/gpu"} 4"#,
                #"{reservation="maint",tres="gres/gpu:h100"} 3"#, #"{reservation="maint",tres="mem"} 1073741824"#,
            ])
    }

    @Test func reservedCPUsAreThoseOfActiveReservationsTogether() {
        let reservations = [
            reservation("now", 1000, 3000, cpus: 64), reservation("too", 1000, 3000, cpus: 8),
            reservation("later", 5000, 6000, cpus: 1000), reservation("licences", 1000, 3000),
        ]
        #expect(text(reservations).all("slurm_reservation_cpus") == [" 72"])
        #expect(text([]).all("slurm_reservation_cpus") == [" 0"])
    }

    @Test func aReservationWithoutAnEndHasNoDuration() {
        let text = text([reservation("r", 1000, 0) { $0.end = nil }])
        #expect(text.all("slurm_reservation_duration_seconds") == [])
        #expect(text.all("slurm_reservation_end_time_seconds") == [])
        #expect(text.all("slurm_reservation_state") == [#"{reservation="r",state="inactive"} 1"#])
    }

    @Test func reservedNodesByState() {
        func node(_ name: String, in reservation: String, _ state: NodeState.Base, _ flags: NodeState.Flags = [])
            -> NodeRecord
        {
            records.node(name, state, flags, in: ["a", "b"]) {
                $0.reservation = records.symbols.intern(reservation)
            }
        }
        let text = text(
            [],
            nodes: [
                node("n1", in: "maint", .idle), node("n2", in: "maint", .idle, .drain),
                node("n3", in: "course", .allocated), node("n4", in: "", .idle),
            ])
        #expect(
            text.all("slurm_reservation_nodes_total") == [
                #"{reservation="course",state="allocated"} 1"#, #"{reservation="maint",state="drained"} 1"#,
                #"{reservation="maint",state="idle"} 1"#,
            ])
        #expect(
            text.all("slurm_reservation_nodes_healthy") == [
                #"{reservation="course"} 1"#, #"{reservation="maint"} 1"#,
            ])
    }

    @Test func whatAnAbandonedGenerationLeftIsForgotten() {
        var collector = Collector(.reservations, CollectionSettings())
        collector.reservations[0].begin(Generation().context())
        collector.reservations[0].add(reservation("gone", 1000, 3000, cpus: 5), records.symbols)
        let text = Exposition(collector.collect(Generation(), records.symbols))
        #expect(text.lines == ["slurm_reservation_cpus 0"])
    }
}

struct LicenseTests {
    private let records = Records()

    @Test func localAndRemoteLicences() {
        var local = LicenseRecord()
        local.name = records.symbols.intern("matlab")
        (local.total, local.used, local.free, local.reserved) = (10, 4, 4, 2)
        (local.lastConsumed, local.lastDeficit) = (0, 0)
        var remote = LicenseRecord()
        remote.name = records.symbols.intern("comsol@flex")
        remote.isRemote = true
        (remote.total, remote.used) = (5, 0)
        (remote.lastConsumed, remote.lastDeficit, remote.lastUpdated) = (3, 1, Timestamp(1900))
        let text = Collector.text(.licenses, Generation(licenses: [local, remote]), records.symbols)
        let matlab = #"{license="matlab",remote="false"}"#
        let comsol = #"{license="comsol@flex",remote="true"}"#
        #expect(text.all("slurm_license_total") == ["\(comsol) 5", "\(matlab) 10"])
        #expect(text.all("slurm_license_used") == ["\(comsol) 0", "\(matlab) 4"])
        #expect(text.all("slurm_license_free") == ["\(matlab) 4"])
        #expect(text.all("slurm_license_reserved") == ["\(matlab) 2"])
        #expect(text.all("slurm_license_last_consumed") == ["\(comsol) 3"])
        #expect(text.all("slurm_license_last_deficit") == ["\(comsol) 1"])
        #expect(text.all("slurm_license_last_update_timestamp_seconds") == ["\(comsol) 1900"])
    }

    @Test func noLicencesNoSeries() {
        #expect(Collector.text(.licenses, Generation(), records.symbols).lines == [])
    }
}
