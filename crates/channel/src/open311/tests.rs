use super::*;
use proptest::prelude::*;

fn read(format: Format, text: &str) -> Vec<Row> {
    rows(format, text.as_bytes()).unwrap()
}

fn row(fields: &[(&str, &str)]) -> Row {
    fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn xml_is_read_with_its_entities_and_without_what_is_empty() {
    let text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><service_request_updates><request_update>\
        <update_id>7</update_id><service_request_id>A-1</service_request_id><description>Lubang &lt; 50 cm &amp; \
        basah<![CDATA[ <b>]]>&#33;</description><media_url/><extras><a>1</a></extras></request_update>\
        <request_update><update_id>8</update_id></request_update></service_request_updates>";
    let first = [("update_id", "7"), ("service_request_id", "A-1"), ("description", "Lubang < 50 cm & basah <b>!")];
    assert_eq!(read(Format::Xml, text), [row(&first), row(&[("update_id", "8")])]);
    assert_eq!(read(Format::Xml, "<service_requests/>"), [] as [Row; 0]);
}

#[test]
fn json_is_read_bare_and_wrapped() {
    let bare = "[{\"service_request_id\":638344,\"token\":null,\"notes\":[1],\"open\":true,\"text\":\" a \"}]";
    let expected = row(&[("service_request_id", "638344"), ("open", "true"), ("text", "a")]);
    assert_eq!(read(Format::Json, bare), std::slice::from_ref(&expected));
    assert_eq!(read(Format::Json, &format!("{{\"service_requests\":{bare}}}")), [expected]);
}

#[test]
fn what_is_no_answer_is_told_and_never_guessed() {
    let bombs = "<!DOCTYPE a [<!ENTITY x \"y\">]><a><b><c>&x;</c></b></a>";
    for wrong in ["", "<a>", "<a></b>", "<html><body><p>&nbsp;</p></body></html>", bombs, "<a/><b><c/></b>", "tulisan"]
    {
        assert!(rows(Format::Xml, wrong.as_bytes()).is_err(), "{wrong}");
    }
    for wrong in ["", "7", "[1]", "{\"a\":", "null"] {
        assert!(rows(Format::Json, wrong.as_bytes()).is_err(), "{wrong}");
    }
    assert!(rows(Format::Json, &[0xff, 0xfe]).is_err());
}

#[test]
fn an_address_that_somebody_typed_is_https_outside_unless_it_may_be_inside() {
    assert_eq!(check("https://aduan.contoh.go.id/open311/v2/", false), Ok(()));
    for inside in [
        "http://aduan.contoh.go.id",
        "https://127.0.0.1/x",
        "https://2130706433/",
        "https://localhost:8443",
        "https://[::1]/",
        "https://simpeg/",
        "https://db.internal/",
    ] {
        assert_eq!(check(inside, false), Err(Unfit::Inside), "{inside}");
        assert_eq!(check(inside, true), Ok(()), "{inside}");
    }
    for wrong in [
        "aduan.contoh.go.id",
        "ftp://contoh.go.id",
        "https://a:b@contoh.go.id",
        "https://contoh.go.id?x=1",
        "file:///etc/passwd",
        "https://",
    ] {
        assert_eq!(check(wrong, true), Err(Unfit::Shape), "{wrong}");
    }
}

#[tokio::test]
async fn a_side_that_nobody_is_at_is_told_from_one_that_does_not_answer() {
    let client = Client::new(true).unwrap();
    let at = |address: String| Endpoint { address, jurisdiction: None, format: Format::Xml };
    let nobody = client.post(&at("http://127.0.0.1:9".to_owned()), "k", &NewRequest::default()).await;
    assert_eq!(nobody, Err(crate::Unsent::Later("no connection".to_owned())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let hanging_up = tokio::spawn(async move { drop(listener.accept().await) });
    let lost = client.post(&at(address), "k", &NewRequest::default()).await;
    assert!(matches!(lost, Err(crate::Unsent::Perhaps(_))), "{lost:?}");
    hanging_up.await.unwrap();
    let strict = Client::new(false).unwrap();
    let inside = strict.post(&at("https://127.0.0.1:9".to_owned()), "k", &NewRequest::default()).await;
    assert!(matches!(inside, Err(crate::Unsent::Never(_))), "{inside:?}");
}

proptest! {
    #[test]
    fn nothing_that_comes_in_breaks_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _xml = rows(Format::Xml, &bytes);
        let _json = rows(Format::Json, &bytes);
    }

    #[test]
    fn nothing_that_looks_like_xml_breaks_the_reader(text in "(<a>|</a>|<b/>|&#x;|&amp;|<!--|-->|<!\\[CDATA\\[|\\]\\]>|x){0,40}") {
        let _xml = rows(Format::Xml, text.as_bytes());
    }
}
