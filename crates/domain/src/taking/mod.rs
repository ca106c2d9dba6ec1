//! A report that an officer takes in for somebody else: at the counter, by telephone, from a letter or a public source.

mod clipping;
mod source;

pub use clipping::Clipping;
pub use source::Source;

use crate::report::Channel;

/// How a report reaches an officer, in the order of the form.
pub const TAKEN: [Channel; 5] =
    [Channel::Counter, Channel::Phone, Channel::Letter, Channel::SocialMedia, Channel::Press];

/// How the person agreed that their report is recorded under their name or contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Consent {
    /// Said so at the counter.
    AtCounter,
    /// Said so by telephone.
    ByPhone,
    /// By the signature on the letter.
    BySignature,
    /// Nobody was asked: all of it stood in public media.
    PublicSource,
}

impl Consent {
    /// All kinds, in the order of the form.
    pub const ALL: [Consent; 4] = [Consent::AtCounter, Consent::ByPhone, Consent::BySignature, Consent::PublicSource];

    /// The name in storage and in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Consent::AtCounter => "at_counter",
            Consent::ByPhone => "by_phone",
            Consent::BySignature => "by_signature",
            Consent::PublicSource => "public_source",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Consent> {
        Consent::ALL.into_iter().find(|consent| consent.name() == name)
    }
}

/// Why a report cannot be taken in like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakingSlip {
    /// Reports do not reach officers that way.
    Channel,
    /// A name or contact without the person's consent.
    NoConsent,
    /// What was not public cannot have been taken from public media.
    NotPublic,
    /// A public source without its address.
    NoSource,
    /// An address of a source that is not public.
    SourceUnfit,
}

impl TakingSlip {
    /// The message key in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            TakingSlip::Channel => "taking-channel",
            TakingSlip::NoConsent => "taking-no-consent",
            TakingSlip::NotPublic => "taking-not-public",
            TakingSlip::NoSource => "taking-no-source",
            TakingSlip::SourceUnfit => "taking-source-unfit",
        }
    }
}

/// Whether a report stood in public media before it was taken in.
pub fn is_public_source(channel: Channel) -> bool {
    matches!(channel, Channel::SocialMedia | Channel::Press)
}

/// How a report was taken in; there is none that breaks the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taking {
    channel: Channel,
    consent: Option<Consent>,
    source: Option<Source>,
}

impl Taking {
    /// Checks how a report reached the officer; `named` where a name or contact of a person comes with it.
    ///
    /// A name or contact needs the person's consent, or a public source; and a public source its address.
    pub fn new(
        channel: Channel,
        consent: Option<Consent>,
        source: Option<Source>,
        named: bool,
    ) -> Result<Taking, TakingSlip> {
        let public = is_public_source(channel);
        match (consent, &source) {
            _ if !TAKEN.contains(&channel) => Err(TakingSlip::Channel),
            (_, None) if public => Err(TakingSlip::NoSource),
            (_, Some(_)) if !public => Err(TakingSlip::SourceUnfit),
            (Some(Consent::PublicSource), _) if !public => Err(TakingSlip::NotPublic),
            (None, _) if named => Err(TakingSlip::NoConsent),
            _ => Ok(Taking { channel, consent, source }),
        }
    }

    /// How it reached the officer.
    pub fn channel(&self) -> Channel {
        self.channel
    }

    /// How the person agreed; nobody had to where nobody is named.
    pub fn consent(&self) -> Option<Consent> {
        self.consent
    }

    /// Where it stood, for a public source.
    pub fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post() -> Option<Source> {
        Some(Source::parse("https://x.com/warga/status/1").unwrap())
    }

    #[test]
    fn whoever_is_named_has_agreed() {
        for channel in TAKEN {
            let source = post().filter(|_| is_public_source(channel));
            assert_eq!(Taking::new(channel, None, source.clone(), true), Err(TakingSlip::NoConsent));
            assert!(Taking::new(channel, None, source.clone(), false).is_ok(), "{channel:?} needs no name");
            assert!(Taking::new(channel, Some(Consent::ByPhone), source, true).is_ok());
        }
    }

    #[test]
    fn what_stood_in_public_is_told_with_its_address() {
        let public = Some(Consent::PublicSource);
        assert!(Taking::new(Channel::Press, public, post(), true).is_ok());
        assert_eq!(Taking::new(Channel::SocialMedia, public, None, true), Err(TakingSlip::NoSource));
        assert_eq!(Taking::new(Channel::Counter, None, post(), false), Err(TakingSlip::SourceUnfit));
        assert_eq!(Taking::new(Channel::Letter, public, None, true), Err(TakingSlip::NotPublic));
    }

    #[test]
    fn an_officer_takes_nothing_that_has_a_way_of_its_own() {
        for channel in Channel::ALL.iter().filter(|channel| !TAKEN.contains(channel)) {
            assert_eq!(Taking::new(*channel, None, None, false), Err(TakingSlip::Channel), "{channel:?}");
        }
    }

    #[test]
    fn every_consent_is_read_as_it_is_written() {
        for consent in Consent::ALL {
            assert_eq!(Consent::parse(consent.name()), Some(consent));
        }
    }
}
