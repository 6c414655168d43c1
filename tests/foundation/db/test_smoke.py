def test_world(world, as_person, visitor):
    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/readyz").get_data() == b"ok\n"
    assert as_person("learner").get("/token").get_json()["person"] == world.uids["learner"]
    assert visitor.get("/nada").status_code == 404
