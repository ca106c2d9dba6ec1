//! What a report came to at the own system of its agency, on its page.

use crate::desk::{PeerCard, PeerSaid, PeerWay};
use crate::serve::failure::Failure;
use crate::serve::visit::Visit;
use crate::words::Moment;
use app::View;
use app::peer::Heard;
use domain::peer::{Said, text_of};
use domain::report::CommandKind;

/// The card; none where the report never went there and nothing was said of it.
pub(super) async fn card(visit: &Visit, view: &View) -> Result<Option<PeerCard>, Failure> {
    let found = visit.web.app.peer_case(&view.by, view.report()).await.map_err(|error| Failure::of(visit, error))?;
    let Some(case) = found else { return Ok(None) };
    let zone = view.report().zone;
    let answers = |kind: &CommandKind| matches!(kind, CommandKind::Answer | CommandKind::ProposeAnswer);
    let offers = case.proposes && view.offers.iter().any(answers);
    let way = |way: app::peer::Forward| PeerWay {
        state: way.state,
        remote: way.remote,
        failure: way.failure,
        at: Moment::of(way.at, zone),
    };
    let said = |heard: Heard| {
        let text = heard.seq.and_then(|seq| text(view, seq)).map(str::to_owned);
        let ends = heard.said.as_deref().and_then(Said::parse).is_some_and(Said::ends);
        let answer = heard.seq.filter(|_| offers && ends && text.is_some());
        PeerSaid { said: heard.said, text, at: Moment::of(heard.at, zone), answer }
    };
    let ways = case.ways.into_iter().map(way).collect();
    Ok(Some(PeerCard { ways, said: case.heard.into_iter().map(said).collect() }))
}

/// What another system said in a note.
pub(super) fn text(view: &View, seq: u32) -> Option<&str> {
    let step = view.steps.iter().find(|step| step.logged.seq == seq)?;
    step.words.as_ref().and_then(|words| text_of(&words.body))
}
