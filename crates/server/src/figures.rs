//! Figures for Prometheus: what the crates count, and what is read from the tables when somebody asks.
//! Labels are kinds, states and patterns of routes; never anybody's name, address or text.

use std::sync::Arc;

use api::backstage::Figures;
use app::{App, house};
use metrics::{counter, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Seconds below which requests are counted together.
const STEPS: [f64; 11] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Begins to count. To be called once, before anything is counted.
///
/// # Errors
/// If something else counts already.
pub fn begin() -> Result<PrometheusHandle, String> {
    let told = |error: metrics_exporter_prometheus::BuildError| format!("could not begin to count: {error}");
    let builder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("veilleuse_http_request_seconds".to_owned()), &STEPS)
        .map_err(told)?;
    let handle = builder.install_recorder().map_err(told)?;
    describe();
    start_at_nought();
    Ok(handle)
}

/// What is told when somebody asks.
pub fn of(app: App, handle: PrometheusHandle) -> Figures {
    Arc::new(move || {
        let (app, handle) = (app.clone(), handle.clone());
        Box::pin(async move {
            read(&app).await;
            handle.run_upkeep();
            handle.render()
        })
    })
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_histogram!(
        "veilleuse_http_request_seconds",
        "How long requests took, by method, route and status"
    );
    describe_counter!("veilleuse_job_tries_total", "Tries of jobs, by kind and outcome");
    describe_counter!("veilleuse_ticks_total", "Runs of ticks, by tick and outcome");
    describe_counter!("veilleuse_mails_total", "Mails handed to a server, by outcome");
    describe_gauge!("veilleuse_live_streams", "Open streams of live updates");
    describe_gauge!("veilleuse_ready", "1 if this process may be asked");
    describe_gauge!("veilleuse_database_up", "1 if the figures could be read from the tables");
    describe_gauge!("veilleuse_jobs", "Jobs that are not done, by kind and state");
    describe_gauge!("veilleuse_jobs_oldest_due_seconds", "For how long the first due job has waited");
    describe_gauge!("veilleuse_conversations_waiting", "Conversations that await an answer");
    describe_gauge!(
        "veilleuse_conversations_longest_wait_seconds",
        "For how long the first of them has waited"
    );
    describe_gauge!("veilleuse_database_connections", "Connections to the database, by pool and state");
    describe_gauge!("veilleuse_build_info", "1, with the version as a label");
    describe_gauge!("process_resident_memory_bytes", "Memory in use");
    describe_gauge!("process_open_fds", "Open files and connections");
    describe_gauge!("process_max_fds", "How many of them it may have");
}

/// What has not happened yet is nought, not absent: an alert on its growth must see it begin.
fn start_at_nought() {
    for kind in app::jobs::Job::KINDS {
        for outcome in ["done", "failed"] {
            counter!("veilleuse_job_tries_total", "kind" => kind, "outcome" => outcome).increment(0);
        }
    }
    for tick in worker::ticks::ALL {
        for outcome in ["done", "failed"] {
            counter!("veilleuse_ticks_total", "tick" => tick.name, "outcome" => outcome).increment(0);
        }
    }
    for outcome in ["sent", "invalid", "credentials", "refused", "unreachable", "unknown"] {
        counter!("veilleuse_mails_total", "outcome" => outcome).increment(0);
    }
    gauge!("veilleuse_live_streams").set(0.0);
    gauge!("veilleuse_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
}

/// Reads what the tables and the machine know now.
async fn read(app: &App) {
    gauge!("veilleuse_ready").set(if house::ready(app).await.is_ok() { 1.0 } else { 0.0 });
    if let Some(bytes) = resident_bytes() {
        gauge!("process_resident_memory_bytes").set(bytes);
    }
    if let Some((open, most)) = files() {
        gauge!("process_open_fds").set(open);
        gauge!("process_max_fds").set(most);
    }
    let read = tokio::time::timeout(std::time::Duration::from_secs(5), house::figures(app)).await;
    let figures = match read {
        Ok(Ok(figures)) => figures,
        Ok(Err(error)) => {
            tracing::warn!(error = app::told(&error), "could not read the figures");
            return gauge!("veilleuse_database_up").set(0.0);
        }
        Err(_) => return gauge!("veilleuse_database_up").set(0.0),
    };
    gauge!("veilleuse_database_up").set(1.0);
    for (kind, state) in house::heaps() {
        gauge!("veilleuse_jobs", "kind" => kind, "state" => state).set(0.0);
    }
    for heap in &figures.jobs {
        let (kind, state) = (heap.kind.clone(), heap.state.clone());
        gauge!("veilleuse_jobs", "kind" => kind, "state" => state).set(heap.jobs as f64);
    }
    gauge!("veilleuse_jobs_oldest_due_seconds").set(figures.oldest_due as f64);
    gauge!("veilleuse_conversations_waiting").set(figures.waiting as f64);
    gauge!("veilleuse_conversations_longest_wait_seconds").set(figures.longest_wait as f64);
    for pool in &figures.connections {
        let set = |state: &'static str, count: u32| {
            gauge!("veilleuse_database_connections", "pool" => pool.pool, "state" => state)
                .set(f64::from(count));
        };
        set("busy", pool.open.saturating_sub(pool.idle));
        set("idle", pool.idle);
    }
}

/// What Linux says that this process holds; it counts in pages of 4 KiB on every machine we run on.
fn resident_bytes() -> Option<f64> {
    let said = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: f64 = said.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096.0)
}

/// How many files this process has open, connections among them, and how many it may have.
fn files() -> Option<(f64, f64)> {
    let open = std::fs::read_dir("/proc/self/fd").ok()?.count();
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    Some((open as f64, line.split_whitespace().next()?.parse().ok()?))
}
