//! The site's copy of the gallery's sources is what was compiled.

use crate::model::sources::Sources;
use std::{fs, path::Path, process::Command};

#[test]
fn the_site_has_every_source_of_the_gallery_as_it_was_compiled() {
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site");
    if site.exists() {
        fs::remove_dir_all(&site).unwrap();
    }
    fs::create_dir_all(&site).unwrap();
    fs::copy("index.html", site.join("index.html")).unwrap();
    let made = Command::new("bash").arg("www/sources.sh").env("TRUNK_STAGING_DIR", &site).status().unwrap();
    assert!(made.success());

    let page = fs::read_to_string(site.join("index.html")).unwrap();
    let (_, rest) = page.split_once("name=\"sources\" content=\"").unwrap();
    let (name, _) = rest.split_once('"').unwrap();
    let sources = Sources::read(&fs::read_to_string(site.join(name)).unwrap());
    for scenario in fanin::scenario::all() {
        for source in [scenario.rust, scenario.go] {
            assert_eq!(sources.text(source.path), Some(source.text()), "{}", source.path);
        }
    }
}
