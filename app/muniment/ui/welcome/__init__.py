"""The first start: where no register is yet, make one, open one, or practise."""
