"""What drivers share. It knows no device in particular and no pretended one."""
