//! Enquiries, mails and follows as they are kept: all or nothing, once, and gone when their time is over.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use trialway_store::{
    EnquiryAnswer, EnquiryFilter, EnquiryReply, EnquiryTerms, FollowKind, Form, Kept, NewEnquiry, NewFollow, NewMail,
    NewVersion, Store, Told,
};
use trialway_study::NctId;

const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

fn id() -> NctId {
    NctId::parse("NCT90000001").unwrap()
}

fn mail(message_id: &str, purpose: &str, to: &str) -> NewMail {
    NewMail {
        message_id: message_id.to_owned(),
        purpose: purpose.to_owned(),
        recipient: to.to_owned(),
        subject: "A message".to_owned(),
        body: "https://trials.example.org/x".to_owned(),
        unsubscribe: String::new(),
        made_at: 1_000,
    }
}

fn enquiry(secret: &str) -> NewEnquiry {
    NewEnquiry {
        number: format!("n-{secret}"),
        secret: secret.to_owned(),
        nct_id: id(),
        site: "A clinic, Springfield".to_owned(),
        contact_id: 1,
        record_hash: "hash".to_owned(),
        engine: "0.1.0".to_owned(),
        called: "Zaphodine".to_owned(),
        reach_kind: "email".to_owned(),
        reach: "ana@example.org".to_owned(),
        language: "en".to_owned(),
        message: "My krikkitis".to_owned(),
        answers: vec![EnquiryAnswer {
            criterion: "I1".to_owned(),
            written: "Age".to_owned(),
            words: "Vogon: 9".to_owned(),
        }],
        consent_version: "1".to_owned(),
        consent_hash: "c".to_owned(),
        sent_at: 1_000,
        terms: EnquiryTerms::default(),
    }
}

async fn sweep(store: &Store, now: i64) -> u64 {
    store.sweep_contact(now, EnquiryTerms::default()).await.unwrap()
}

fn version(content: &str) -> NewVersion {
    NewVersion {
        nct_id: id(),
        content_hash: content.to_owned(),
        form: Form::Json,
        received_at: "2026-06-15T08:00:00Z".to_owned(),
        bytes: content.as_bytes().to_vec(),
    }
}

#[tokio::test]
async fn an_enquiry_goes_its_way_and_is_kept_once() {
    let store = Store::in_memory().await.unwrap();
    let mails = [mail("a@x", "inbox", "team@example.org"), mail("b@x", "copy", "ana@example.org")];
    assert_eq!(store.put_enquiry(&enquiry("s1"), &mails).await.unwrap(), Kept::Now);
    // The same form again, as after a lost answer: nothing new.
    assert_eq!(store.put_enquiry(&enquiry("s1"), &mails).await.unwrap(), Kept::Before);
    assert_eq!(store.mail_states("").await.unwrap().len(), 2);
    let found = store.private_link("s1", "enquiry").await.unwrap().unwrap();
    assert_eq!(store.private_link("s1", "follower").await.unwrap(), None);
    assert_eq!(store.private_link("n-s1", "enquiry").await.unwrap(), None);
    assert_eq!(store.enquiry_numbered("n-s1").await.unwrap(), Some(found));
    assert!(store.open_enquiry(found, 2_000).await.unwrap());
    assert!(!store.open_enquiry(found, 3_000).await.unwrap());
    assert!(store.assign_enquiry(found, "coordinator").await.unwrap());
    let mine = EnquiryFilter { assigned_to: Some("coordinator".to_owned()), ..EnquiryFilter::default() };
    assert_eq!(store.enquiries(&mine).await.unwrap().len(), 1);
    let reply = EnquiryReply { author: "Nurse".to_owned(), message: "Please call.".to_owned(), replied_at: 4_000 };
    let told = mail("c@x", "answer", "ana@example.org");
    assert!(store.reply_to_enquiry(found, &reply, Some((&told, "s2"))).await.unwrap());
    assert_eq!(store.private_link("s2", "enquiry").await.unwrap(), Some(found));
    let whole = store.enquiry(found).await.unwrap().unwrap();
    assert_eq!((whole.line.stage.as_str(), whole.line.opened_at, whole.line.answered_at), ("answered", 2_000, 4_000));
    assert_eq!((whole.replies, whole.answers.len()), (vec![reply.clone()], 1));
    assert!(store.close_enquiry(found, 5_000).await.unwrap());
    assert!(!store.reply_to_enquiry(found, &reply, None).await.unwrap());
}

#[tokio::test]
async fn what_was_taken_back_is_gone_and_its_mails_do_not_leave() {
    let store = Store::in_memory().await.unwrap();
    store.put_enquiry(&enquiry("s1"), &[mail("a@x", "inbox", "team@example.org")]).await.unwrap();
    let found = store.private_link("s1", "enquiry").await.unwrap().unwrap();
    assert!(store.withdraw_enquiry(found, 2_000).await.unwrap());
    assert!(!store.withdraw_enquiry(found, 2_000).await.unwrap());
    let whole = store.enquiry(found).await.unwrap().unwrap();
    assert_eq!(whole.line.stage, "withdrawn");
    assert_eq!((whole.called, whole.reach, whole.message, whole.answers), Default::default());
    assert_eq!(store.claim_mails(9_000, 10).await.unwrap(), []);
    assert_eq!(store.mail_states("dropped").await.unwrap().len(), 1);
    assert!(!store.open_enquiry(found, 3_000).await.unwrap());
    // Others go when their time is over, closed or not.
    store.put_enquiry(&enquiry("s2"), &[]).await.unwrap();
    let other = store.private_link("s2", "enquiry").await.unwrap().unwrap();
    sweep(&store, 1_000 + 364 * DAY).await;
    assert_eq!(store.enquiry(other).await.unwrap().unwrap().called, "Zaphodine");
    sweep(&store, 1_000 + 365 * DAY).await;
    assert_eq!(store.enquiry(other).await.unwrap().unwrap().called, "");
    assert_eq!(store.private_link("s2", "enquiry").await.unwrap(), None);
}

/// By the configuration of now, or by what the sender was told, whichever is shorter.
#[tokio::test]
async fn what_enquiries_say_is_deleted_when_their_days_are_over_answered_or_not() {
    let reply = EnquiryReply { author: "Nurse".to_owned(), message: "Call.".to_owned(), replied_at: 2_000 };
    for (promised, configured, days, closed_days) in
        [((365, 90), (365, 90), 365, 90), ((365, 90), (30, 7), 30, 7), ((30, 7), (900, 400), 30, 7)]
    {
        let of = |(days, closed_days)| EnquiryTerms { days, closed_days };
        let store = Store::in_memory().await.unwrap();
        let mut ids = Vec::new();
        for name in ["new", "answered", "closed"] {
            let new = NewEnquiry { terms: of(promised), reach: format!("{name}@example.org"), ..enquiry(name) };
            store.put_enquiry(&new, &[]).await.unwrap();
            ids.push(store.private_link(name, "enquiry").await.unwrap().unwrap());
        }
        for id in &ids[1..] {
            store.reply_to_enquiry(*id, &reply, None).await.unwrap();
        }
        store.close_enquiry(ids[2], 5 * DAY).await.unwrap();
        let said = async |now: i64| {
            store.sweep_contact(now, of(configured)).await.unwrap();
            let mut out = Vec::new();
            for id in &ids {
                let whole = store.enquiry(*id).await.unwrap().unwrap();
                assert_eq!(whole.message.is_empty(), whole.replies.is_empty() && whole.called.is_empty());
                out.push(!whole.message.is_empty());
            }
            out
        };
        assert_eq!(said((5 + closed_days) * DAY - 1).await, [true, true, true], "{promised:?} {configured:?}");
        assert_eq!(said((5 + closed_days) * DAY).await, [true, true, false], "{promised:?} {configured:?}");
        assert_eq!(said(1_000 + days * DAY - 1).await, [true, true, false], "{promised:?} {configured:?}");
        assert_eq!(said(1_000 + days * DAY).await, [false, false, false], "{promised:?} {configured:?}");
        assert_eq!(store.enquiries(&EnquiryFilter::default()).await.unwrap().len(), 3, "number and times stay");
    }
}

/// Not in the log of the database either, while the store is open.
#[tokio::test]
async fn what_was_taken_back_is_not_in_the_file() {
    let folder = std::env::temp_dir().join(format!("trialway-taken-back-{}", std::process::id()));
    let store = Store::open(&folder).await.unwrap();
    store.put_enquiry(&enquiry("s1"), &[mail("a@x", "copy", "ana@example.org")]).await.unwrap();
    let reply = EnquiryReply { author: "Nurse".to_owned(), message: "Magrathea".to_owned(), replied_at: 2_000 };
    let found = store.private_link("s1", "enquiry").await.unwrap().unwrap();
    store.reply_to_enquiry(found, &reply, None).await.unwrap();
    store.withdraw_enquiry(found, 3_000).await.unwrap();
    for is_open in [true, false] {
        if !is_open {
            store.close().await;
        }
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            for word in ["Zaphodine", "krikkitis", "Vogon", "Magrathea", "ana@example.org"] {
                assert!(!text.contains(word), "`{word}` is in {}, open: {is_open}", path.display());
            }
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn one_address_makes_few_mails_leave() {
    let store = Store::in_memory().await.unwrap();
    for at in 0..trialway_store::links::MAILS_OF_ONE {
        assert_eq!(store.put_enquiry(&enquiry(&format!("s{at}")), &[]).await.unwrap(), Kept::Now);
    }
    let shouted = NewEnquiry { reach: "ANA@example.org".to_owned(), ..enquiry("more") };
    assert_eq!(store.put_enquiry(&shouted, &[]).await.unwrap(), Kept::TooMany);
    assert_eq!(store.private_link("more", "enquiry").await.unwrap(), None);
    let other = NewEnquiry { reach: "bea@example.org".to_owned(), ..enquiry("other") };
    assert_eq!(store.put_enquiry(&other, &[]).await.unwrap(), Kept::Now);
    let later = NewEnquiry { sent_at: 1_000 + DAY, ..enquiry("later") };
    assert_eq!(store.put_enquiry(&later, &[]).await.unwrap(), Kept::Now);
}

#[tokio::test]
async fn a_mail_keeps_its_id_from_try_to_try_and_is_emptied_when_it_left() {
    let folder = std::env::temp_dir().join(format!("trialway-outbox-{}", std::process::id()));
    let store = Store::open(&folder).await.unwrap();
    store.put_enquiry(&enquiry("s1"), &[mail("a@x", "inbox", "team@example.org")]).await.unwrap();
    let first = store.claim_mails(1_000, 10).await.unwrap();
    assert_eq!((first.len(), first[0].mail.message_id.as_str()), (1, "a@x"));
    assert_eq!(store.claim_mails(1_000, 10).await.unwrap(), [], "what is in hand is not taken twice");
    store.mail_waits(first[0].id, "421 later", 2_000).await.unwrap();
    assert_eq!(store.claim_mails(1_999, 10).await.unwrap(), []);
    let again = store.claim_mails(2_000, 10).await.unwrap();
    assert_eq!((again[0].n_tries, &again[0].mail), (1, &first[0].mail));
    // The process ends with the mail in hand.
    store.close().await;
    let store = Store::open(&folder).await.unwrap();
    assert_eq!(store.free_mails().await.unwrap(), 1);
    let once_more = store.claim_mails(2_000, 10).await.unwrap();
    assert_eq!(once_more[0].mail.message_id, "a@x");
    store.mail_left(once_more[0].id, 3_000).await.unwrap();
    assert_eq!(store.mail_states("sent").await.unwrap()[0].message_id, "a@x");
    store.close().await;
    let bytes = std::fs::read(folder.join("trialway.db")).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("a@x"));
}

#[tokio::test]
async fn a_follow_waits_for_its_box_and_misses_no_change() {
    let store = Store::in_memory().await.unwrap();
    store.put(&[version("{\"a\":1}")], None).await.unwrap();
    store.indexed(&[id()]).await.unwrap();
    let new = |secret: &str, kind, what: &str| NewFollow {
        address: "ana@example.org".to_owned(),
        kind,
        what: what.to_owned(),
        language: "es".to_owned(),
        period_days: 7,
        secret: secret.to_owned(),
        made_at: 1_000,
    };
    let asked = store
        .ask_to_follow(&new("c1", FollowKind::Study, "NCT90000001"), &mail("a@x", "confirm", "ana@example.org"))
        .await;
    assert_eq!(asked.unwrap(), Kept::Now);
    assert_eq!(store.followers_due(9_000 * DAY).await.unwrap(), [], "nothing is sent before it is confirmed");
    assert_eq!(store.confirm_follow("wrong", "o1", 2_000).await.unwrap(), None);
    let ana = store.confirm_follow("c1", "o1", 2_000).await.unwrap().unwrap();
    assert_eq!((ana.language.as_str(), ana.period_days), ("es", 7));
    assert_eq!(store.private_link("o1", "follower").await.unwrap(), Some(ana.id));
    assert!(store.confirm_follow("c1", "o2", 2_001).await.unwrap().is_some(), "pressing twice is no fault");
    let again = store
        .ask_to_follow(&new("c2", FollowKind::Study, "NCT90000001"), &mail("b@x", "confirm", "ana@example.org"))
        .await;
    assert_eq!(again.unwrap(), Kept::Before);
    let follow = store.follows_of(ana.id).await.unwrap().remove(0);
    assert_eq!(
        store.logged_changes(follow.looked_to, i64::MAX, 10).await.unwrap(),
        [],
        "what was there before is no news"
    );
    store.put(&[version("{\"a\":2}")], None).await.unwrap();
    // The index does not hold it yet.
    assert_eq!(store.settled_change().await.unwrap(), follow.looked_to);
    store.indexed(&[id()]).await.unwrap();
    let to = store.settled_change().await.unwrap();
    let news = store.logged_changes(follow.looked_to, to, 10).await.unwrap();
    assert_eq!((news.len(), news[0].version), (1, 2));
    let told = [Told { follow_id: follow.id, nct_id: id(), version: 2, told_at: 3_000 }];
    store
        .tell_follower(ana.id, &[(follow.id, to)], &told, Some((&mail("d@x", "digest", &ana.address), "o3")), 3_000)
        .await
        .unwrap();
    assert_eq!(store.told(ana.id, 10).await.unwrap(), told);
    assert_eq!(store.followers_due(3_000 + 7 * DAY - 1).await.unwrap(), []);
    assert_eq!(store.followers_due(3_000 + 7 * DAY).await.unwrap().len(), 1);
    sweep(&store, 4_000).await;
    assert_eq!(store.follows_of(ana.id).await.unwrap().len(), 1);
    assert!(!store.unfollow(ana.id, follow.id).await.unwrap());
    assert_eq!(store.follower(ana.id).await.unwrap(), None, "the address goes with the last follow");
    assert_eq!(store.private_link("o3", "follower").await.unwrap(), None);
    assert_eq!(store.claim_mails(9_000, 10).await.unwrap(), [], "and so do mails that have not left");
}

#[tokio::test]
async fn what_nobody_confirmed_is_swept_after_two_days() {
    let store = Store::in_memory().await.unwrap();
    let new = NewFollow {
        address: "ana@example.org".to_owned(),
        kind: FollowKind::Search,
        what: "q=lupus".to_owned(),
        language: "en".to_owned(),
        period_days: 1,
        secret: "c1".to_owned(),
        made_at: 0,
    };
    store.ask_to_follow(&new, &mail("a@x", "confirm", "ana@example.org")).await.unwrap();
    sweep(&store, 47 * HOUR).await;
    assert!(store.follower(1).await.unwrap().is_some());
    assert_eq!(store.confirm_follow("c1", "o", 48 * HOUR).await.unwrap(), None, "the link is over");
    sweep(&store, 48 * HOUR).await;
    assert_eq!(store.follower(1).await.unwrap(), None);
    assert_eq!(store.mail_states("dropped").await.unwrap().len(), 1);
}
