//! `lapor serve`: the web server, the scheduler and the metrics listener, until told to stop.

use crate::config::Config;
use crate::failure::Failure;
use crate::start;
use app::App;
use axum::Router;
use axum::routing::get;
use domain::Way;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long a lane rests when no more is due than it does at once. What comes meanwhile is done together.
const REST: Duration = Duration::from_millis(300);
/// How often it is looked for systems of agencies whose turn it is.
const NEWS: Duration = Duration::from_secs(1);
/// How often it is looked whether files come and go.
const FILES: Duration = Duration::from_secs(5);
/// How often it is looked for what senders of short messages left open.
const SILENCE: Duration = Duration::from_secs(20);
/// How often measured durations are added up.
const UPKEEP: Duration = Duration::from_secs(2);
/// How long running requests may take after the signal to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// Serves until SIGINT or SIGTERM, then lets running requests end and closes the database.
pub async fn serve(config: &Config) -> Result<(), Failure> {
    let app = start::app(config).await?;
    guard(config, &app).await?;
    run(config, app).await
}

/// Accounts whose password everybody knows are for one's own machine.
async fn guard(config: &Config, app: &App) -> Result<(), Failure> {
    let open = app::demo::open_logins(app).await?.join(", ");
    if open.is_empty() {
        return Ok(());
    }
    if !config.listen.ip().is_loopback() {
        return Err(Failure::told("demo-published").with("logins", open).with("address", config.listen));
    }
    tracing::warn!(logins = open, "demo accounts with a published password can log in");
    Ok(())
}

/// Serves an application that has been started.
pub async fn run(config: &Config, app: App) -> Result<(), Failure> {
    let metrics = PrometheusBuilder::new().install_recorder().map_err(|error| Failure::new("metrics", error))?;
    let listener = bind(config.listen, "listen").await?;
    let watched = bind(config.metrics_listen, "metrics_listen").await?;
    app.listen();
    app.plan_nights().await?;
    let (stop, stopped) = watch::channel(false);
    let mut lanes = lanes(&app, &config.address(), &stopped);
    let door = app.open_door().await.map_err(|error| Failure::new("mail.in.lmtp", error))?;
    lanes.extend(door.map(|door| {
        let (app, stopped) = (app.clone(), stopped.clone());
        ("the door for letters", tokio::spawn(async move { app.keep_door(door, stopped).await }))
    }));
    let keeping = tokio::spawn(keep_small(metrics.clone(), stopped.clone()));
    let watching = tokio::spawn(expose(watched, metrics, stopped.clone()));
    tracing::info!(address = config.address(), database = %kind_of(&app), "lapor is ready");
    let mut state = web::state::Web::new(app.clone(), &config.address());
    state.behind_proxy = config.behind_proxy;
    let service = web::router(state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = tokio::spawn(axum::serve(listener, service).with_graceful_shutdown(until(stopped)).into_future());
    signal().await;
    tracing::info!("stopping: no new connections, running requests may end");
    let _nobody_listens = stop.send(true);
    finish(serving, "requests").await;
    for (name, lane) in lanes {
        finish(lane, name).await;
    }
    finish(watching, "metrics").await;
    finish(keeping, "metrics").await;
    app.db().close().await;
    tracing::info!("stopped");
    Ok(())
}

async fn bind(address: SocketAddr, setting: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure::new(setting, format!("{address}: {error}")))
}

/// What goes on beside the requests, each in a lane of its own: a slow server holds up nothing else.
fn lanes(app: &App, address: &str, stopped: &watch::Receiver<bool>) -> Vec<(&'static str, JoinHandle<()>)> {
    let work = |app: App| async move { Ok(app.work().await?.is_full()) };
    let mut lanes = vec![("the scheduler", lane(app, "the scheduler", REST, stopped, work))];
    let fold = |app: App| async move { Ok(app.fold_measures().await?.is_full()) };
    lanes.push(("the statistics", lane(app, "the statistics", REST, stopped, fold)));
    for way in Way::ALL {
        let name = post_by(way);
        if app.sends(way) {
            let deliver = move |app: App| async move { Ok(app.deliver(way).await?.is_full()) };
            lanes.push((name, lane(app, name, REST, stopped, deliver)));
        }
    }
    if app.sends_webhooks() {
        let tell = |app: App| async move { Ok(app.tell_webhooks().await?.sent > 0) };
        lanes.push(("webhooks", lane(app, "webhooks", REST, stopped, tell)));
    }
    if app.asks_peers() {
        let forward = |app: App| async move { Ok(app.forward().await? > 0) };
        lanes.push(("forwarding", lane(app, "forwarding", REST, stopped, forward)));
        let tell = |app: App| async move { Ok(app.tell_peers().await? > 0) };
        lanes.push(("telling on", lane(app, "telling on", REST, stopped, tell)));
        let follow = |app: App| async move { Ok(app.follow_peers().await? > 0) };
        lanes.push(("following", lane(app, "following", NEWS, stopped, follow)));
    }
    if app.has_courier() {
        let exchange = |app: App| async move { app.exchange_files().await };
        lanes.push(("the exchange of files", lane(app, "the exchange of files", FILES, stopped, exchange)));
    }
    if app.hears() {
        let hear = |app: App| async move { Ok(app.hear_messages().await?.is_full()) };
        lanes.push(("hearing", lane(app, "hearing", REST, stopped, hear)));
        let silence = |app: App| async move { app.hear_silence().await.map(|()| false) };
        lanes.push(("silence", lane(app, "silence", SILENCE, stopped, silence)));
    }
    if app.sends(Way::Sms) {
        let (app, stopped) = (app.clone(), stopped.clone());
        lanes.push(("lines", tokio::spawn(async move { app.keep_lines(stopped).await })));
    }
    if app.sends(Way::X) {
        let look = |app: App| async move { app.look_at_x().await };
        lanes.push(("X", lane(app, "X", NEWS, stopped, look)));
    }
    if app.has_mailbox() {
        let (app, stopped) = (app.clone(), stopped.clone());
        lanes.push(("the mailbox", tokio::spawn(async move { app.keep_mailbox(stopped).await })));
    }
    if app.sends(Way::Telegram) {
        let (app, stopped, posted) = (app.clone(), stopped.clone(), format!("{address}{}", web::hooks::TELEGRAM));
        lanes.push(("the bot", tokio::spawn(async move { app.keep_bot(posted, stopped).await })));
    }
    lanes
}

/// What the lane of a way is called in the log.
fn post_by(way: Way) -> &'static str {
    match way {
        Way::Email => "the post",
        Way::Sms => "the post by SMS",
        Way::Whatsapp => "the post by WhatsApp",
        Way::Telegram => "the post by Telegram",
        Way::X => "the post by X",
    }
}

/// Round after round until told to stop, with a rest after each that leaves nothing to do at once.
fn lane<R>(
    app: &App,
    name: &'static str,
    rest: Duration,
    stopped: &watch::Receiver<bool>,
    round: impl Fn(App) -> R + Send + 'static,
) -> JoinHandle<()>
where
    R: Future<Output = app::Result<bool>> + Send + 'static,
{
    let (app, mut stopped) = (app.clone(), stopped.clone());
    tokio::spawn(async move {
        while !*stopped.borrow() {
            let full = match round(app.clone()).await {
                Ok(full) => full,
                Err(error) => {
                    tracing::error!(%error, "a round of {name} failed");
                    false
                }
            };
            if !full {
                let _stop_or_rest = tokio::time::timeout(rest, stopped.changed()).await;
            }
        }
    })
}

/// Without it every measured duration would be kept until somebody asks for the metrics.
async fn keep_small(metrics: PrometheusHandle, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        metrics.run_upkeep();
        let _stop_or_wait = tokio::time::timeout(UPKEEP, stopped.changed()).await;
    }
}

async fn expose(listener: TcpListener, metrics: PrometheusHandle, stopped: watch::Receiver<bool>) {
    let page = get(move || {
        let text = metrics.render();
        async move { text }
    });
    let service = Router::new().route("/metrics", page);
    if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(until(stopped)).await {
        tracing::error!(%error, "the metrics listener ended");
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _sender_gone = stopped.wait_for(|stop| *stop).await;
}

async fn finish<T>(task: JoinHandle<T>, name: &str) {
    let stop = task.abort_handle();
    if tokio::time::timeout(FAREWELL, task).await.is_err() {
        tracing::warn!(name, "did not end in time");
        stop.abort();
    }
}

async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}

fn kind_of(app: &App) -> &'static str {
    app.db().engine().name()
}
