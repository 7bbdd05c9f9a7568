expect! {
    p01_request_context: |runs| {
        runs.clean().outputs_among(&[
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
        runs.clean().outputs_among(&[
            "published order 7 of r-42, response written",
            "response written, published order 7 of r-42",
        ]);
    };
    p02_background_context: |runs| {
        runs.clean().outputs_among(&[
            "published order 7 of unknown, response written",
            "response written, published order 7 of unknown",
        ]);
    };
    p04_four_methods: |runs| {
        runs.clean().outputs(&[
            "deadline: false, done: false, err: none, user: nobody",
            "deadline: true, done: false, err: none, user: ann",
            "deadline: true, done: true, err: context deadline exceeded, user: ann",
        ]);
    };
    p48_with_value: |runs| {
        runs.clean().outputs_among(&[
            "query of request 17, query of request 18",
            "query of request 18, query of request 17",
        ]);
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
        runs.clean().outputs(&["context deadline exceeded", "after 1s"]);
    };
    p47_with_timeout: |runs| {
        runs.clean().outputs_among(&[
            "99 ms: statistics, 100 ms: gave up, 101 ms: gave up",
            "99 ms: statistics, 100 ms: statistics, 101 ms: gave up",
        ]);
    };
}
