// simdjson's on-demand reader at the decoder's task: takes every member that records are made of from an answer in
// memory, in the order of the document, which is what it is fastest at. It only takes them: no state is looked up, no
// name interned, no list of resources read.
//
//   simdjson-decoder KIND FILE PASSES
//
// KIND is jobs, jobs38 or nodes. Prints records, a checksum, the seconds for loading the file, of the first pass and of
// the best one, and the memory at most in KiB.

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

    /// A string, or null.
    void text(ondemand::object& object, const char* key) {
        std::string_view text;
        if (!object[key].get_string().get(text)) sum += text.size();
    }

    void integer(ondemand::object& object, const char* key) { sum += uint64_t(int64_t(object[key])); }

    void flag(ondemand::object& object, const char* key) { sum += bool(object[key]) ? 1 : 0; }

    /// Plain, or {"set", "infinite", "number"}, or null.
    void number(ondemand::object& object, const char* key) {
        ondemand::value value = object[key];
        switch (value.type()) {
            case ondemand::json_type::number: sum += uint64_t(int64_t(value)); break;
            case ondemand::json_type::object: open(value.get_object()); break;
            default: break;
        }
    }

    void open(ondemand::object value) {
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

/// v0.0.38 has another order and fewer members.
void read_job38(ondemand::object job, Sum& sum) {
    sum.text(job, "account");
    for (const char* key : {"array_job_id", "array_task_id"}) sum.number(job, key);
    sum.text(job, "array_task_string");
    for (const char* key : {"eligible_time", "end_time", "exit_code"}) sum.number(job, key);
    sum.text(job, "features");
    sum.words(job, "gres_detail");
    sum.integer(job, "job_id");
    for (const char* key : {"job_state", "name", "nodes"}) sum.text(job, key);
    for (const char* key : {"cpus", "node_count", "tasks", "het_job_id", "het_job_offset"}) sum.number(job, key);
    sum.text(job, "partition");
    for (const char* key : {"memory_per_node", "memory_per_cpu", "priority"}) sum.number(job, key);
    sum.text(job, "qos");
    sum.integer(job, "restart_cnt");
    sum.text(job, "resv_name");
    for (const char* key : {"sockets_per_node", "start_time"}) sum.number(job, key);
    sum.text(job, "state_reason");
    for (const char* key : {"submit_time", "suspend_time", "time_limit"}) sum.number(job, key);
    for (const char* key : {"tres_per_job", "tres_per_node", "tres_per_socket", "tres_per_task", "tres_req_str",
                            "tres_alloc_str"}) {
        sum.text(job, key);
    }
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

using ReadRecord = void (*)(ondemand::object, Sum&);

Sum read_answer(ondemand::parser& parser, const padded_string& text, const char* key, ReadRecord read) {
    Sum sum;
    ondemand::document answer = parser.iterate(text);
    for (ondemand::object record : answer[key].get_array()) read(record, sum);
    return sum;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    const std::string_view kind = arguments[1];
    const ReadRecord read = kind == "nodes" ? read_node : kind == "jobs38" ? read_job38 : read_job;
    try {
        const auto start = std::chrono::steady_clock::now();
        const padded_string text = padded_string::load(arguments[2]);
        const double load = seconds_since(start);
        ondemand::parser parser;
        Sum sum;
        double first = 0, best = 0;
        for (int pass = 0; pass < std::atoi(arguments[3]); ++pass) {
            const auto start = std::chrono::steady_clock::now();
            sum = read_answer(parser, text, kind == "nodes" ? "nodes" : "jobs", read);
            const double taken = seconds_since(start);
            if (pass == 0) first = taken;
            best = pass == 0 ? taken : std::min(best, taken);
        }
        rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        std::printf("%llu %llu %.6f %.6f %.6f %ld\n", (unsigned long long)sum.records, (unsigned long long)sum.sum,
                    load, first, best, usage.ru_maxrss);
    } catch (const simdjson_error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
