expect! {
    p01_request_context: |runs| {
        runs.wrong(false).outputs_among(&[
            "published order 7 of r-42, response written",
            "response written, published order 7 of r-42",
            "response written, not published: context canceled",
        ]);
    };
    p01_three_ends: |runs| {
        let left = "not published: the client has closed the connection, \
                    not published: the client has reset the stream";
        let third = ["published", "not published: the response is written"];
        let expected = third.map(|end| format!("{left}, {end}"));
        runs.clean().outputs_among(&expected.each_ref().map(String::as_str));
    };
    p03_detached_context: |runs| {
        runs.right().varied(2);
    };
    p02_background_context: |runs| {
        // The id of the request is missing.
        runs.wrong(true).outputs_among(&[
            "published order 7 of unknown, response written",
            "response written, published order 7 of unknown",
        ]);
    };
    p04_four_methods: |runs| {
        runs.right();
    };
    p48_with_value: |runs| {
        runs.right().varied(2);
    };
    p45_with_cancel: |runs| {
        let runs = runs.clean().each(|run| {
            let lines = run.outputs();
            let at = |line: &str| lines.iter().position(|l| l == line).unwrap();
            assert_eq!(lines.len(), 5);
            assert!(at("right canceled: false") < at("root").min(at("right")));
        });
        assert!(runs.reached().len() > 1);
    };
    p46_with_deadline: |runs| {
        runs.right();
    };
    p47_with_timeout: |runs| {
        runs.right().varied(2);
    };
}
