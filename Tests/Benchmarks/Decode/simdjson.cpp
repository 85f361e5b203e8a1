// simdjson's on-demand reader at the same task: takes every member that the collectors' records are made of, from an
// answer in memory, in the order of the document, which is what it is fastest at.
//
// Prints records, a checksum, the best seconds of several passes, and the memory at most in KiB.

#include <simdjson.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string_view>

using namespace simdjson;

namespace {

struct Sum {
    uint64_t records = 0;
    uint64_t sum = 0;

    void text(ondemand::object& object, const char* key) { sum += std::string_view(object[key]).size(); }

    void integer(ondemand::object& object, const char* key) { sum += uint64_t(int64_t(object[key])); }

    void flag(ondemand::object& object, const char* key) { sum += bool(object[key]) ? 1 : 0; }

    /// {"set", "infinite", "number"}
    void number(ondemand::object& object, const char* key) {
        ondemand::object value = object[key];
        const bool is_set = value["set"];
        const bool is_infinite = value["infinite"];
        if (is_set && !is_infinite) sum += uint64_t(int64_t(value["number"]));
    }

    void words(ondemand::object& object, const char* key) {
        for (std::string_view word : object[key].get_array()) sum += word.size();
    }
};

void read_job(ondemand::object job, Sum& sum) {
    sum.text(job, "account");
    sum.number(job, "array_job_id");
    sum.number(job, "array_task_id");
    sum.text(job, "array_task_string");
    sum.number(job, "eligible_time");
    sum.number(job, "end_time");
    ondemand::object exit = job["exit_code"];
    sum.number(exit, "return_code");
    ondemand::object signal = exit["signal"];
    sum.number(signal, "id");
    sum.text(job, "features");
    sum.words(job, "gres_detail");
    sum.number(job, "het_job_id");
    sum.number(job, "het_job_offset");
    sum.integer(job, "job_id");
    sum.words(job, "job_state");
    sum.text(job, "name");
    sum.text(job, "nodes");
    sum.number(job, "cpus");
    sum.number(job, "node_count");
    sum.number(job, "tasks");
    sum.text(job, "partition");
    sum.number(job, "memory_per_cpu");
    sum.number(job, "memory_per_node");
    sum.flag(job, "hold");
    sum.number(job, "priority");
    sum.text(job, "qos");
    sum.integer(job, "restart_cnt");
    sum.text(job, "resv_name");
    sum.number(job, "sockets_per_node");
    sum.number(job, "start_time");
    sum.text(job, "state_reason");
    sum.number(job, "submit_time");
    sum.number(job, "suspend_time");
    sum.number(job, "time_limit");
    sum.text(job, "tres_per_job");
    sum.text(job, "tres_per_node");
    sum.text(job, "tres_per_socket");
    sum.text(job, "tres_per_task");
    sum.text(job, "tres_req_str");
    sum.text(job, "tres_alloc_str");
    sum.integer(job, "user_id");
    sum.text(job, "user_name");
    sum.text(job, "wckey");
    sum.records += 1;
}

void read_node(ondemand::object node, Sum& sum) {
    sum.text(node, "architecture");
    sum.number(node, "boot_time");
    sum.integer(node, "cpu_load");
    sum.number(node, "free_mem");
    sum.integer(node, "cpus");
    sum.integer(node, "effective_cpus");
    ondemand::object energy = node["energy"];
    sum.integer(energy, "consumed_energy");
    sum.number(energy, "current_watts");
    sum.words(node, "features");
    sum.words(node, "active_features");
    sum.text(node, "gres");
    sum.text(node, "gres_used");
    sum.number(node, "last_busy");
    sum.integer(node, "specialized_memory");
    sum.text(node, "name");
    sum.text(node, "address");
    sum.text(node, "hostname");
    sum.words(node, "state");
    sum.text(node, "operating_system");
    sum.words(node, "partitions");
    sum.integer(node, "real_memory");
    sum.text(node, "reason");
    sum.number(node, "reason_changed_at");
    sum.text(node, "reason_set_by_user");
    sum.text(node, "reservation");
    sum.integer(node, "alloc_memory");
    sum.integer(node, "alloc_cpus");
    sum.text(node, "tres_used");
    sum.number(node, "slurmd_start_time");
    sum.integer(node, "weight");
    sum.text(node, "tres");
    sum.text(node, "version");
    sum.records += 1;
}

Sum read_answer(ondemand::parser& parser, const padded_string& text, bool jobs) {
    Sum sum;
    ondemand::document answer = parser.iterate(text);
    for (ondemand::object record : answer[jobs ? "jobs" : "nodes"].get_array()) {
        jobs ? read_job(record, sum) : read_node(record, sum);
    }
    return sum;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const bool jobs = std::strcmp(arguments[1], "jobs") == 0;
    try {
        const padded_string text = padded_string::load(arguments[2]);
        ondemand::parser parser;
        Sum sum;
        double best = 1e9;
        for (int pass = 0; pass < std::atoi(arguments[3]); ++pass) {
            const auto start = std::chrono::steady_clock::now();
            sum = read_answer(parser, text, jobs);
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
            best = std::min(best, taken.count());
        }
        rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        std::printf("%llu %llu %.6f %ld\n", (unsigned long long)sum.records, (unsigned long long)sum.sum, best,
                    usage.ru_maxrss);
    } catch (const simdjson_error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
